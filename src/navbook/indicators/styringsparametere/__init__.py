"""The families of the letters' styringsparametere, one module each: the declaration and the query.

Every module ends with a `FAMILY`. The registry lists the modules in the order of the letters.
"""

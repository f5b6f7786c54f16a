"""Goals that the letters name outside the table of styringsparametere, a file each.

Every file here holds a FAMILY with its declaration and query, and is counted because it lies here. They
share the calculation notebook `andre_mal`.
"""

NOTATBOK = "andre_mal"

"""Warm kernels: Jupyter kernels forked from a process that has already imported what every page needs.

`client` starts the warm process and talks to it, `zygote` is the warm process, `provisioner` lets
jupyter_client fork a kernel instead of starting one, and `kernels` holds the kernelspecs and the environment
of pages.
"""

__all__ = ["client", "kernels"]

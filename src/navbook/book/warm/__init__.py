"""Kernels that start warm: forked from one process that has already imported what every page needs."""

"""Kernels that several systems share, one topic a module."""

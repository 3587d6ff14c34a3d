"""Nearest points, travel times, coverage and siting over arrays. Pure numpy and numba: no Django, no clock."""

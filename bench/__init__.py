"""Measurements: how much work an operation costs, on an invented register of any size. Start at bench/README.md."""

"""The public face: ask, report, apply, follow."""

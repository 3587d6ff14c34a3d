"""Reads of the hotline. Each noun has its own module; here stands what most callers ask."""

"""Regions and agencies."""

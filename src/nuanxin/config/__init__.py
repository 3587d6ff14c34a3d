"""Typed environment, settings, root urls, server entry."""

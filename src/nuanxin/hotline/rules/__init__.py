"""Decisions of the hotline over plain values: no Django, no network, no clock."""

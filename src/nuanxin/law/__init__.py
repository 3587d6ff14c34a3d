"""The law engine: plain Python, no Django, no network, no clock."""

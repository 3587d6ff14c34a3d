"""The gateway between the platform and an Asterisk: carries out what ``rules.voice`` decides."""

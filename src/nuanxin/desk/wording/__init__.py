"""Codes as staff read them. English is the message, Chinese its translation; nothing here looks anything up."""

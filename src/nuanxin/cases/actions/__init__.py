"""Writes of casework. Each action names who acts and when, and is one transaction with its audit event."""

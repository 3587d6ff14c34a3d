"""The 12348 hotline: calls, queues, desks and call-backs."""

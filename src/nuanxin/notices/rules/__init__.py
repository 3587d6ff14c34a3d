"""The room's tables and decisions over plain values: texts, retries, contact hours. No Django, no clock."""

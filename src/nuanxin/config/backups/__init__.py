"""Backup and restore: one archive of database, evidence and exported chain heads; never the keys."""

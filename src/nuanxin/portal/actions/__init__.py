"""Writes of the public face: drafts and the files that wait with them."""

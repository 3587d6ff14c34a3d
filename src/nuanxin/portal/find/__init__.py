"""Finding help near a place: from where, what is wanted, and what is shown of each point."""

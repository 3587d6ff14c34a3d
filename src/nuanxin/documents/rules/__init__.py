"""Pure rules of documents: what may be handed in."""

"""Evidence: hashed on arrival, encrypted at rest, previews."""

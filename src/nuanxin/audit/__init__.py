"""Events (append-only, hash-chained), actor, encryption, personal-data declarations."""

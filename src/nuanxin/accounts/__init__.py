"""Staff, roles, region scope, sign-in, second factor, API tokens."""

"""The roster and people who sign in. Who may see what is in `queries.permissions`."""

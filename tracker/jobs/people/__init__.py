"""People, accounts, invitations, and the roster."""

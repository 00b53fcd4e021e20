"""Pages: the roster and invitations."""

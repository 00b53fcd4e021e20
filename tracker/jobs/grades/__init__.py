"""What people decide about grades: accept, override, exceptions, release, export."""

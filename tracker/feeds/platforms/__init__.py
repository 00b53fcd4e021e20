"""What each platform serves and how to ask for it, kept as data where it can be."""

"""What people say about a comment's writer."""

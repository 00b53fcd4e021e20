"""Pages: comments that need a person."""

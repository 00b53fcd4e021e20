"""Pages: the course page and the course total."""

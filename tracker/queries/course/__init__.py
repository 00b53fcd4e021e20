"""What the course page asks."""

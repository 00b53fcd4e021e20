"""What the poll job asks, and when a blog was last checked."""

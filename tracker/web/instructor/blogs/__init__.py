"""Pages: the blogs that a course follows."""

"""What a student's own pages ask."""

"""What the review pages ask."""

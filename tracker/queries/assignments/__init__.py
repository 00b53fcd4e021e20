"""What the assignment pages ask."""

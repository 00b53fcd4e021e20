"""What the blog pages ask: health, history, assignability, a missing comment."""

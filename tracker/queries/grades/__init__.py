"""What the grid, the grading pages and Why? ask."""

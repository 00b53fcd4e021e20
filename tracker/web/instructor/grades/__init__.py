"""Pages: the grid, grading, the gradebook."""

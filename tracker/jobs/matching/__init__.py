"""Comments are matched to students, and decisions teach handles."""

"""Pages: how a course's comments are matched."""

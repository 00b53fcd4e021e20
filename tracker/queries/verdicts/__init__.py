"""What grading is given as facts, and stored verdicts and grades."""

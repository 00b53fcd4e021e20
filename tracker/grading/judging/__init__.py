"""One student's verdicts for one assignment."""

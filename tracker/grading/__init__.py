"""3. Comments earn grades: facts, terms and an instant become verdicts and a score."""

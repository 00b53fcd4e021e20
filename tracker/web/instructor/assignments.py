"""Assignments: the list, the rule as a sentence to fill in, the blogs given to students."""

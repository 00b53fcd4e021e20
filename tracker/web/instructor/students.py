"""The roster: who is in the course, a file of students read in two steps, one student's whole standing."""

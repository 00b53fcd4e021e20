"""The blogs a course looks at: how well each is seen, following more of them, lists in and out."""

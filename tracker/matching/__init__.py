"""2. Comments find their students: an entry and a roster become a match with reasons."""

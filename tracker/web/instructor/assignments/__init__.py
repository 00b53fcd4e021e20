"""Pages: assignments, their rules, assigned blogs."""

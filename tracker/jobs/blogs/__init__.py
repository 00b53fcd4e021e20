"""Following blogs, and what an owner asks to be removed."""

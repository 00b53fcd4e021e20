"""The roster, people who sign in, and who may see what."""

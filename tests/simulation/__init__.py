"""Blogs that live through a term: what happens to them, what they serve, and what a poller must have seen."""

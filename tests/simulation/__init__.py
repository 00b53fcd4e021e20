"""Blogs that live through a term, polled by the real job: scripts of nights, and what must be stored."""

"""Bytes become documents: feeds, REST answers and pages, parsed in a child process."""

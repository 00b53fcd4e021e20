"""Shown: pages for instructors and students. Rules live in the rooms below."""

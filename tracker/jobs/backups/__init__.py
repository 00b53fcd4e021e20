"""Copies of the whole database in one file, and putting them back."""

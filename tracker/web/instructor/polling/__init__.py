"""Checking blogs now, from a button."""

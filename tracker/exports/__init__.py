"""Handed out: one module for each format, rows in and bytes out."""

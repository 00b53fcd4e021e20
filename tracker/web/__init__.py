"""Shown: pages for instructors and students. Rules live in the rooms below."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach every page to the application."""

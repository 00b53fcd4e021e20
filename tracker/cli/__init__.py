"""`flask tracker ...`: each command parses, calls one job or export, prints, sets the exit code.

Results go to stdout, logs and progress to stderr. Exit codes: 0 done, 1 done with failures,
2 misused. Commands that write take `--dry-run`; all are safe to run twice.
"""

from __future__ import annotations

from flask import Flask

from tracker.cli.group import tracker

__all__ = ["register"]


def register(app: Flask) -> None:
    """Attach `flask tracker` to the application."""
    app.cli.add_command(tracker)

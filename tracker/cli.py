"""`flask tracker ...`: each command parses, calls one job or export, prints, sets the exit code."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

tracker = AppGroup("tracker", help="Follow blogs, match comments, grade participation.")


def register(app: Flask) -> None:
    app.cli.add_command(tracker)


@tracker.command("version")
def version() -> None:
    """Say which program this is."""
    click.echo("comment tracker")

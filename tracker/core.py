"""The application without its pages: settings, database, commands. What a timer starts is this alone.

Tested in tests/cli/test_group.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from tracker.cli.group import tracker
from tracker.domain.errors import TrackerError
from tracker.extensions import db
from tracker.models import engine

SECRET_BYTES = 32
ROOT = Path(__file__).resolve().parent.parent


def create_core(settings: Mapping[str, Any]) -> Flask:
    """An application for these settings (`config.from_environment`) that shows nothing.

    TrackerError when they would not be safe to run with.
    """
    _require_secret(settings.get("SECRET_KEY") or "")
    app = Flask(
        "tracker",
        root_path=str(ROOT / "tracker"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "tracker" / "static"),
        instance_path=str(settings.get("INSTANCE_DIR", ROOT / "instance")),
    )
    app.config.from_mapping(settings)
    Path(app.instance_path).mkdir(mode=0o700, parents=True, exist_ok=True)

    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine, synchronous=settings.get("SQLITE_SYNCHRONOUS", "FULL"))
    app.cli.add_command(tracker)
    return app


def is_behind(app: Flask) -> bool:
    """Whether the database lacks a migration, the empty one all of them. Reads the steps' names from
    their files: loading Alembic for every check of the blogs would cost more than the check.

    A database whose tables were made without migrations, as in tests, is left alone.
    """
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "migrations" / "versions").glob("*.py")]
    made = {name for step in texts for name in re.findall(r'^revision = "(.+)"', step, re.M)}
    built_on = {name for step in texts for name in re.findall(r'^down_revision = "(.+)"', step, re.M)}
    with app.app_context(), db.engine.connect() as connection:
        has_table = connection.dialect.has_table
        if not has_table(connection, "alembic_version"):
            return not has_table(connection, "courses")
        stands_at = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return set(stands_at) != made - built_on


def _require_secret(key: str) -> None:
    """Sessions and tokens are only as good as this: 32 bytes cannot be guessed (RFC 2104, 3)."""
    if len(key.encode()) < SECRET_BYTES:
        raise TrackerError(
            f"TRACKER_SECRET_KEY must hold at least {SECRET_BYTES} bytes and stay the same from start to "
            "start. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )

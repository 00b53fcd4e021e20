"""The application without its pages: settings, database, commands. What a timer starts is this alone.

Tested in tests/cli/test_group.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.exc import ArgumentError

from config import from_environment
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


def start(make: Callable[[Mapping[str, Any]], Flask]) -> Flask:
    """Make an application of the environment's settings. TrackerError, a sentence that says what to do,
    when they are not fit to run with."""
    try:
        return make(from_environment())
    except ValueError as exc:
        raise TrackerError(f"A setting (TRACKER_...) can’t be read: {exc}.") from exc
    except (ArgumentError, ImportError) as exc:
        raise TrackerError(
            f"TRACKER_DATABASE_URL can’t be used: {exc}. It looks like sqlite:////folder/tracker.sqlite or "
            "postgresql://user:password@host/database (which needs requirements-scale.txt)."
        ) from exc
    except OSError as exc:
        raise TrackerError(f"The instance folder can’t be used: {exc}.") from exc


def _require_secret(key: str) -> None:
    """Sessions and tokens are only as good as this: 32 bytes cannot be guessed (RFC 2104, 3)."""
    if len(key.encode()) < SECRET_BYTES:
        raise TrackerError(
            f"TRACKER_SECRET_KEY must hold at least {SECRET_BYTES} bytes and stay the same from start to "
            "start. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from tests.support.databases import settings_for
from tracker.app import create_app
from tracker.extensions import db
from tracker.models import User


def _user(at: datetime) -> User:
    return User(name="Ana Invented", created_at=at)


def test_instant_in_another_zone_comes_back_as_the_same_instant_in_utc(context: Flask) -> None:
    at = datetime(2026, 11, 1, 1, 30, tzinfo=timezone(timedelta(hours=-5)))
    db.session.add(_user(at))
    db.session.commit()
    db.session.expire_all()
    read = db.session.query(User).one().created_at
    assert read == at
    assert read.tzinfo is UTC or read.utcoffset() == timedelta(0)


def test_naive_instant_is_refused(context: Flask) -> None:
    db.session.add(_user(datetime(2026, 11, 1, 1, 30)))  # noqa: DTZ001 - the mistake to be refused
    with pytest.raises(StatementError, match="naive"):
        db.session.flush()


def test_sqlite_is_opened_with_wal_and_full_sync(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'x.sqlite'}", tmp_path)
    del settings["SQLITE_SYNCHRONOUS"]
    app = create_app(settings)
    with app.app_context():
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        pragmas = {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in asked}
        db.session.remove()
        db.engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}

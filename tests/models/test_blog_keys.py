"""Keys of blog addresses are computed again on upgrade, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, Boolean, Connection, DateTime, MetaData, Numeric, Table, select
from sqlalchemy.types import Integer

from tests.support.databases import drop_tables, settings_for
from tracker.app import create_app
from tracker.extensions import db
from tracker.models.engine import WRITE
from tracker.text.addresses import home_key

BEFORE, AFTER = "2026_11_30_say_check", "2026_11_30_blog_keys"
AT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def before(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of the revision before."""
    app = create_app(settings_for(database_url, tmp_path))
    with app.app_context():
        drop_tables()
        upgrade(revision=BEFORE)
        yield app
        db.session.remove()
        db.engine.dispose()


class Rows:
    """Puts rows into tables as they are in the database; what is not given is as empty as may be."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.metadata = MetaData()
        self.metadata.reflect(connection)

    def add(self, table: str, **given: Any) -> int:
        columns = self.metadata.tables[table].columns
        values = {
            column.name: _empty(column.type)
            for column in columns
            if not column.nullable and not column.primary_key and column.server_default is None
        }
        result = self.connection.execute(self.metadata.tables[table].insert().values({**values, **given}))
        return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0

    def column(self, table: str, name: str, **where: Any) -> list[Any]:
        rows: Table = self.metadata.tables[table]
        asked = select(rows.c[name]).where(*(rows.c[key] == value for key, value in where.items()))
        return sorted(self.connection.execute(asked).scalars())


def _empty(kind: Any) -> Any:
    if isinstance(kind, DateTime):
        return AT if db.engine.dialect.name == "postgresql" else AT.replace(tzinfo=None)
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, Boolean):
        return False
    return 0 if isinstance(kind, (Integer, Numeric)) else ""


def _write() -> Connection:
    return db.engine.connect().execution_options(**{WRITE: True})


def _student(rows: Rows, course: int, key: str, shown: str) -> int:
    who = rows.add(
        "enrollments", course_id=course, role="student", given_name="A", family_name="B", is_active=True
    )
    rows.add("handles", enrollment_id=who, kind="blog", key=key, shown=shown, origin="roster", state="active")
    return who


def _blog(rows: Rows, home_url: str, *keys: str, feed: str = "") -> int:
    blog = rows.add("blogs", platform="generic", home_url=home_url)
    for key in keys:
        rows.add("blog_addresses", blog_id=blog, key=key)
    if feed:
        rows.add("feeds", blog_id=blog, kind="posts", url=feed)
    return blog


def test_keys_are_computed_from_the_addresses_beside_them(before: Flask) -> None:
    with _write() as connection:
        rows = Rows(connection)
        course = rows.add("courses", name="EDT 320", time_zone="America/Chicago")
        jane = _student(rows, course, "calder.example/class", "http://calder.example/class/jane/")
        ann = _student(rows, course, "calder.example/class", "http://calder.example/class/ann/")
        kim = _student(rows, course, "blogs.kim.example/kim", "http://blogs.kim.example/kim/edt/")
        lee = _student(rows, course, "medium.com/@lee", "")
        name = rows.add("handles", enrollment_id=lee, kind="name", key="lee", origin="roster", state="active")
        shared = _blog(rows, "http://calder.example/", "calder.example")
        kims = _blog(rows, "http://blogs.kim.example/kim/", "blogs.kim.example/kim")
        dunmore = _blog(
            rows, "http://people.harlan.example/", "people.harlan.example",
            feed="http://people.harlan.example/~dunmore/rss.xml",
        )  # fmt: skip
        connection.commit()
    upgrade(revision=AFTER)
    with db.engine.connect() as connection:
        rows = Rows(connection)
        assert rows.column("handles", "key", enrollment_id=jane) == ["calder.example/class/jane"]
        assert rows.column("handles", "key", enrollment_id=ann) == ["calder.example/class/ann"]
        assert rows.column("handles", "key", enrollment_id=kim) == ["blogs.kim.example/kim/edt"]
        assert rows.column("handles", "key", enrollment_id=lee) == ["lee", "lee.medium.com"]
        assert rows.column("handles", "key", id=name) == ["lee"]
        assert rows.column("blog_addresses", "key", blog_id=shared) == ["calder.example"]
        assert rows.column("blog_addresses", "key", blog_id=kims) == [
            "blogs.kim.example/kim", "blogs.kim.example/kim/edt",
        ]  # fmt: skip
        assert rows.column("blog_addresses", "key", blog_id=dunmore) == ["people.harlan.example/~dunmore"]
        assert rows.column("blogs", "home_url", id=dunmore) == ["http://people.harlan.example/~dunmore/"]
        kept = rows.column("handles", "key", kind="blog") + rows.column("blog_addresses", "key")
    assert [home_key(key) for key in kept] == kept
    downgrade(revision=BEFORE)
    upgrade(revision=AFTER)
    with db.engine.connect() as connection:
        rows = Rows(connection)
        assert rows.column("handles", "key", kind="blog") + rows.column("blog_addresses", "key") == kept

"""An empty database migrated to the top equals the models, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from tests.support.databases import drop_tables, settings_for
from tracker.app import create_app
from tracker.extensions import db


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database has no table at all."""
    app = create_app(settings_for(database_url, tmp_path))
    with app.app_context():
        drop_tables()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrating_an_empty_database_gives_what_the_models_say(empty: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_going_down_again_leaves_no_table_of_ours(empty: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}

"""The course of `kill_course`, set up once for each kind of database and put back for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.reliability.kept import Scene, open_scene
from tests.support.databases import POSTGRES_URL, Templates


@pytest.fixture(scope="session")
def kept_scene(
    database_kind: str, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    if database_kind == "postgresql" and not os.environ.get(POSTGRES_URL):
        pytest.skip("PostgreSQL is not installed here")
    with open_scene(database_kind, templates, tmp_path_factory.mktemp("scene")) as made:
        yield made


@pytest.fixture
def scene(kept_scene: Scene) -> Iterator[Scene]:
    """The eve of the second night; blogs answer at once."""
    kept_scene.restore()
    kept_scene.server.pause_s = 0.0
    yield kept_scene
    kept_scene.server.pause_s = 0.0

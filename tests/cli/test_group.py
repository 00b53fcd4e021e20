"""The commands' own index: whatever a module registers is found there, and nothing else is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from tests.support.databases import settings_for
from tracker.cli.group import COMMANDS, DONE_WITH_FAILURES, tracker
from tracker.core import create_core
from tracker.extensions import db
from tracker.models.revisions import is_behind

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_of_every_module_is_in_the_index() -> None:
    for path in sorted((ROOT / "tracker" / "cli").glob("[a-z]*.py")):
        import_module(f"tracker.cli.{path.stem}")
    held = {name: command.callback.__module__ for name, command in tracker.commands.items()}
    assert held == {name: f"tracker.cli.{module}" for name, module in COMMANDS.items()}


def test_a_poll_makes_its_database_once_and_loads_no_pages(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "TRACKER_SECRET_KEY": "s" * 32,
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_DATABASE_URL": f"sqlite:///{tmp_path / 'tracker.sqlite'}",
    }
    command = [sys.executable, "-X", "importtime", "-m", "tracker", "poll"]
    first, second = (
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert "0 of 0 feeds" in first.stdout
    assert "0 of 0 feeds" in second.stdout
    loaded = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines()}
    assert "tracker.jobs.polling.poll" in loaded
    assert not loaded & {"alembic", "tracker.web", "feedparser", "tracker.cli.people"}


def test_a_database_made_without_migrations_is_left_alone(tmp_path: Path) -> None:
    app = create_core(settings_for(f"sqlite:///{tmp_path / 'tracker.sqlite'}", tmp_path))
    with app.app_context():
        with db.engine.connect() as connection:
            assert is_behind(connection)
        db.create_all()
        with db.engine.connect() as connection:
            assert not is_behind(connection)
        db.engine.dispose()


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`python WORDS` with the settings of a fresh copy in a folder, as a unit or a shell starts it."""
    settings = {"TRACKER_SECRET_KEY": "s" * 32, "TRACKER_INSTANCE": str(folder), "FLASK_APP": "wsgi", **more}
    return subprocess.run(
        [sys.executable, *words],
        check=False,
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
    )


POLL = ("-m", "tracker", "poll")
STATUS = ("-m", "flask", "tracker", "status", "--course", "edt320")


@pytest.mark.parametrize("words", [pytest.param(POLL, id="poll"), pytest.param(STATUS, id="with-pages")])
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param({"TRACKER_SECRET_KEY": "short"}, "at least 32 bytes", id="secret"),
        pytest.param(
            {"TRACKER_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite"}, "can’t be opened", id="folder"
        ),
        pytest.param({"TRACKER_DATABASE_URL": "nonsense"}, "TRACKER_DATABASE_URL", id="url"),
        pytest.param({"TRACKER_DATABASE_URL": "oracle://x/y"}, "TRACKER_DATABASE_URL", id="driver"),
        pytest.param(
            {"TRACKER_DATABASE_URL": "postgresql://127.0.0.1:1/tracker"},
            "make sure it is running",
            id="server",
        ),
        pytest.param({"TRACKER_FETCH_MAX_BYTES": "eight"}, "'eight'", id="number"),
        pytest.param({"TRACKER_INSTANCE": "/dev/null/instance"}, "/dev/null/instance", id="instance"),
    ],
)
def test_what_cannot_work_ends_with_3_and_one_line(
    tmp_path: Path, words: tuple[str, ...], settings: dict[str, str], says: str
) -> None:
    ended = run(tmp_path, *words, **settings)
    assert (ended.returncode, ended.stdout) == (3, ""), ended.stderr
    assert says in ended.stderr
    assert len(ended.stderr.splitlines()) == 1, ended.stderr


def test_a_damaged_file_and_a_newer_database_end_with_3_and_one_line(tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite"
    path.write_bytes(b"no database " * 1000)
    damaged = run(tmp_path, *POLL)
    assert (damaged.returncode, len(damaged.stderr.splitlines())) == (3, 1), damaged.stderr
    assert "its file is damaged" in damaged.stderr
    path.unlink()
    assert run(tmp_path, *POLL).returncode == 0
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '2099_01_01_later'")
        connection.commit()
    newer = run(tmp_path, *POLL)
    assert (newer.returncode, len(newer.stderr.splitlines())) == (3, 1), newer.stderr
    assert "a newer release (2099_01_01_later)" in newer.stderr


def test_what_nobody_expected_ends_with_3_and_its_traceback(tmp_path: Path) -> None:
    """A value that the program never writes: the database is in order, and reading it raises."""
    assert run(tmp_path, *POLL).returncode == 0
    with closing(sqlite3.connect(tmp_path / "tracker.sqlite")) as connection:
        connection.execute(
            "INSERT INTO courses (key, name, time_zone, locale, words, staff_names, course_blog, nightly_at, "
            "settings, created_at) VALUES ('edt320', 'E', 'UTC', 'en_US', '[]', '[]', '', '02:15', '{}', '?')"
        )
        connection.commit()
    ended = run(tmp_path, "-m", "tracker", *STATUS[3:])
    assert ended.returncode == 3, ended.stderr
    assert "Traceback" in ended.stderr


def test_units_take_10_for_success_and_nothing_else() -> None:
    units = [path.read_text(encoding="utf-8") for path in (ROOT / "deploy").glob("*.service")]
    taken = [line for unit in units for line in unit.splitlines() if line.startswith("SuccessExitStatus")]
    assert taken == [f"SuccessExitStatus={DONE_WITH_FAILURES}"]

"""A disk that is full, a database that may not be written: one plain sentence, nothing broken, and
the next run carries on (S5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from tests.reliability.kept import Scene
from tests.support.databases import settings_for
from tests.support.kill_course import EVE, check, tools_of
from tests.support.killing import forget_connections
from tracker.app import create_app
from tracker.domain.errors import StorageError
from tracker.extensions import db
from tracker.jobs.transaction import write_transaction
from tracker.models import Course, Run

pytestmark = pytest.mark.one_database

PLAIN = "Error: We couldn’t save to the database: "
ADVICE = "Everything saved before is kept. "
BYTES = 4_000
"""Each limit lies so many bytes above the one before; the smallest leaves no room at all."""


def test_poll_on_a_full_disk_says_so_and_the_next_one_ends_as_if_nothing_had_been(
    scene: Scene, full: bool, tmp_path: Path
) -> None:
    with scene.app.app_context(), tools_of(scene.app, scene.server.port) as tools:
        assert check(tools) == ""
        expected = scene.dump()
        stopped = 0
        for limit in _limits(full=full):
            scene.restore()
            out = tmp_path / "poll"
            pid = scene.forks.command(scene.server.port, "look", out=out, file_limit=limit)
            code = scene.forks.wait(pid)
            said = (tmp_path / "poll.err").read_text(encoding="utf-8")
            assert scene.check() == "ok", limit
            stopped += code != 0
            assert (code, said) == (0, "") or _is_plain(code, said), (limit, code, said)
            assert check(tools) == "", limit
            assert scene.dump() == expected, limit
        assert stopped >= 0.75 * len(_limits(full=full))


def _limits(*, full: bool) -> list[int]:
    """Bytes that no file may exceed; the log of changes grows past each of them at another place."""
    return [34_000 + BYTES * n for n in (range(20) if full else (0, 3, 9, 16))]


def _is_plain(code: int, said: str) -> bool:
    lines = said.splitlines()
    return code == 3 and len(lines) == 1 and lines[0].startswith(PLAIN) and ADVICE in lines[0]


def test_command_on_a_read_only_database_says_so(scene: Scene, tmp_path: Path) -> None:
    path = make_url(scene.url).database
    url = f"sqlite:///file:{path}?mode=ro&uri=true"
    app = create_app(settings_for(url, tmp_path))
    result = app.test_cli_runner().invoke(args=["tracker", "poll", "--all"])
    forget_connections(app)
    assert _is_plain(result.exit_code, result.stderr), result.output
    assert "it is read-only" in result.stderr
    with scene.app.app_context(), tools_of(scene.app, scene.server.port) as tools:
        assert check(tools) == ""


def test_full_database_is_a_plain_error_of_the_job_too(scene: Scene) -> None:
    """SQLite's own limit of pages stands for a full disk: the same code of error."""
    with scene.app.app_context(), tools_of(scene.app, scene.server.port) as tools:
        connection = db.session().connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageError, match="the disk is full"), write_transaction() as session:
            session.add_all(
                Course(key=f"c{n}", name="x" * 200, time_zone="UTC", created_at=EVE) for n in range(999)
            )
        connection = db.session().connection()
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        db.session.rollback()
        assert check(tools) == ""
        assert db.session.scalars(select(Run.reason)).all() == ["", ""]

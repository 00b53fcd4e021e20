"""A backup is one instant, whole, however busy the program is; what is not whole is never put back."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, make_url, select, text

from tests.reliability.kept import Scene
from tests.support.canonical import DECISION_LOG, canonical
from tests.support.databases import POSTGRES_URL, SECRET, settings_for
from tests.support.dump import dump
from tests.support.kill_course import check, tools_of
from tests.support.killing import forget_connections
from tracker.app import create_app
from tracker.domain.errors import BackupError
from tracker.extensions import db
from tracker.jobs.backups.postgres_dump import _conninfo, find_programs
from tracker.models import AuditEntry, Poll, Run, User
from tracker.models.revisions import newest_revisions, revisions_of
from tracker.queries.table_sums import sum_tables

ROOT = Path(__file__).resolve().parents[2]
BACKUPS = {"sqlite": (2, 20), "postgresql": (1, 20)}
"""Every day, and with --full."""
PAUSE_S = 0.15
LONGEST_S = 20.0
OTHER_SECRET = "another-secret-0123456789-0123456789"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def tracker(url: str, folder: Path, *words: object, secret: str = SECRET) -> Ended:
    """`flask tracker WORDS` at a database."""
    app = create_app(settings_for(url, folder, SECRET_KEY=secret))
    result = app.test_cli_runner().invoke(args=["tracker", *map(str, words)])
    forget_connections(app)
    return Ended(result.exit_code, result.stdout, result.stderr)


def process(url: str, folder: Path, *words: object) -> Ended:
    """`python -m WORDS` at a database, in a process of its own."""
    settings = {"TRACKER_DATABASE_URL": url, "TRACKER_INSTANCE": str(folder), "TRACKER_SECRET_KEY": SECRET}
    command = [sys.executable, "-m", *map(str, words)]
    environment = {**os.environ, **settings}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def stamp(url: str) -> None:
    """Note the newest migration in a database that was made without them."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(40) PRIMARY KEY)"))
        for one in newest_revisions():
            connection.execute(text("INSERT INTO alembic_version VALUES (:one)"), {"one": one})
    engine.dispose()


@contextmanager
def new_place(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a database that is not there yet, or has no table."""
    if kind == "sqlite":
        folder.mkdir(exist_ok=True)
        yield f"sqlite:///{folder / f'{uuid.uuid4().hex}.sqlite'}"
        return
    name = f"r{uuid.uuid4().hex}"
    admin = create_engine(os.environ[POSTGRES_URL], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            yield make_url(os.environ[POSTGRES_URL]).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(settings_for(url, folder, ALLOW_PRIVATE_HOSTS=("127.0.0.0/8",)))
    with app.app_context():
        yield app
    forget_connections(app)


def manifest_of(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        held: dict[str, Any] = json.loads(archive.read("manifest.json"))
        return held


WRITTEN = frozenset({"users", "invitations", *DECISION_LOG})
"""The tables of the writers, which the poll does not touch."""


def test_backups_taken_during_polls_and_writes_are_one_instant_each(
    scene: Scene, database_kind: str, full: bool, tmp_path: Path
) -> None:
    with scene.app.app_context(), tools_of(scene.app, scene.server.port) as tools:
        assert check(tools) == ""
        expected = canonical(db.session(), without=WRITTEN)
        db.session.remove()
        polled = 0
        for seed in range(BACKUPS[database_kind][full]):
            scene.restore()
            stamp(scene.url)
            folder = tmp_path / str(seed)
            folder.mkdir()
            before, after = _back_up_amid(scene, random.Random(seed), folder)
            with new_place(database_kind, folder) as url:
                restored = process(url, folder, "tracker", "restore", folder / "backup.zip")
                assert restored.code == 0, restored.err
                with opened(url, folder) as app:
                    polled += _check_whole(folder, before, after)
                    with tools_of(app, scene.server.port) as own_tools:
                        assert check(own_tools) == "", seed
                    assert canonical(db.session(), without=WRITTEN) == expected, seed
                    db.session.remove()
        print(f"{database_kind}: {polled} of {BACKUPS[database_kind][full]} amid a poll")
        assert polled >= BACKUPS[database_kind][full] // 4


def _back_up_amid(scene: Scene, rng: random.Random, folder: Path) -> tuple[list[str], list[str]]:
    """A backup by a process while one polls and two write; what was acknowledged to the writers before it
    began, and when it had ended."""
    scene.server.pause_s = PAUSE_S
    scene.server.start_counting()
    outs = [folder / "first", folder / "second"]
    writers = [scene.forks.write(out.name, out) for out in outs]
    poll = scene.forks.start(scene.server.port)
    assert scene.server.wait_for_request(rng.randint(1, 10), LONGEST_S)
    time.sleep(rng.uniform(0, 3 * PAUSE_S))
    before = _acknowledged(outs)
    backup = scene.forks.command(scene.server.port, "backup", str(folder / "backup.zip"), out=folder / "said")
    code = scene.forks.wait(backup)
    assert code == 0, (folder / "said.err").read_text("utf-8")
    after = _acknowledged(outs)
    for out in outs:
        Path(f"{out}.stop").touch()
    assert [scene.forks.wait(pid) for pid in (*writers, poll)] == [0, 0, 0]
    scene.server.pause_s = 0.0
    return before, after


def _acknowledged(outs: list[Path]) -> list[str]:
    return [line for out in outs if out.exists() for line in out.read_text("utf-8").split("\n")[:-1]]


def _check_whole(folder: Path, before: list[str], after: list[str]) -> bool:
    """The database that is open holds one instant; whether it lies amid a poll."""
    with db.engine.connect() as connection:
        sums = {name: [one.rows, one.checksum] for name, one in sum_tables(connection).items()}
    tables = manifest_of(folder / "backup.zip")["tables"]
    differ = {name for name, one in tables.items() if sums[name] != [one["rows"], one["checksum"]]}
    assert differ == {"audit_entries"}  # the restoring is noted there
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == "restore"
    made = db.session.scalars(select(User.email).where(User.email.contains("-0")).order_by(User.email)).all()
    assert set(before) <= set(made) <= {*after, *made}
    for name in ("first", "second"):
        mine = [email for email in made if str(email).startswith(name)]
        assert mine == [f"{name}-{number:05d}@harlan.example" for number in range(len(mine))]
    noted = select(func.count()).where(AuditEntry.action == "create", AuditEntry.subject_type == "user")
    assert db.session.scalar(noted) == len(made)
    run = db.session.scalars(select(Run).order_by(Run.id.desc())).first()
    assert run is not None
    assert db.session.scalar(select(func.count()).where(Poll.run_id == run.id)) == run.done
    db.session.rollback()
    return run.ended_at is None


@pytest.mark.one_database
def test_a_copy_of_the_file_holds_what_a_run_stored(scene: Scene, tmp_path: Path) -> None:
    """Somebody copies the file while the site has it open; a reader who stays costs no more than a second."""
    path = Path(make_url(scene.url).database or "")
    with scene.app.app_context(), tools_of(scene.app, scene.server.port) as tools:
        assert check(tools) == ""
        shutil.copy(path, tmp_path / "copy.sqlite")
        with (
            closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy,
            closing(sqlite3.connect(path, isolation_level=None)) as reader,
        ):
            counts = (
                "SELECT (SELECT count(*) FROM polls), (SELECT count(*) FROM runs WHERE ended_at IS NOT NULL)"
            )
            assert copy.execute(counts).fetchone() == reader.execute(counts).fetchone()
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM polls").fetchone()
            started = time.monotonic()
            assert check(tools) == ""
            assert time.monotonic() - started < 8


# What follows needs no poll: a small database, made by its migrations, in which one user stands.


@pytest.fixture(scope="session")
def first_backup(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a database with one user, made by its migrations; every test's own is restored from it."""
    if database_kind == "postgresql" and not os.environ.get(POSTGRES_URL):
        pytest.skip("PostgreSQL is not installed here")
    folder = tmp_path_factory.mktemp("first")
    with new_place(database_kind, folder) as url:
        words = ("create-user", "ada@harlan.example", "--name", "Ada O'Lund \\ “é”")
        made = process(url, folder, "tracker", *words)
        assert made.code == 0, made.err
        return back_up(url, folder)


@pytest.fixture
def place(database_kind: str, first_backup: Path, tmp_path: Path) -> Iterator[str]:
    """A database with one user; its URL."""
    with new_place(database_kind, tmp_path / "place") as url:
        made = tracker(url, tmp_path, "restore", first_backup)
        assert made.code == 0, made.err
        yield url


def back_up(url: str, folder: Path, name: str = "backup.zip") -> Path:
    path = folder / name
    made = tracker(url, folder, "backup", path)
    assert made.code == 0, made.err
    return path


def rows_of(url: str, folder: Path) -> str:
    with opened(url, folder):
        return dump(without={"audit_entries"})


def test_restored_elsewhere_it_is_the_same_and_goes_on(
    place: str, database_kind: str, tmp_path: Path
) -> None:
    path = back_up(place, tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = rows_of(place, tmp_path)
    with new_place(database_kind, tmp_path / "new") as url:
        folder = tmp_path / "new"
        folder.mkdir(exist_ok=True)
        (folder / "secret").write_text(OTHER_SECRET)
        dry = tracker(url, folder, "restore", path, "--dry-run", secret=OTHER_SECRET)
        assert (dry.code, "can be restored" in dry.out) == (0, True), dry.err
        assert (folder / "secret").read_text() == OTHER_SECRET
        done = tracker(url, folder, "restore", path, secret=OTHER_SECRET)
        assert done.code == 0, done.err
        assert "The secret was put back in" in done.out
        assert (folder / "secret").read_text().strip() == SECRET
        assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
        assert rows_of(url, folder) == before
        # Numbers go on where they were: what is added now gets a row of its own.
        again = tracker(url, folder, "create-user", "bo@harlan.example", "--name", "Bo")
        assert again.code == 0, again.err
        with opened(url, folder):
            assert db.session.scalars(select(User.id).order_by(User.id)).all() == [1, 2]
    assert [one.name for one in tmp_path.rglob(".*")] == []


def test_secret_that_the_environment_sets_is_left_for_a_person(
    place: str, database_kind: str, tmp_path: Path
) -> None:
    path = back_up(place, tmp_path)
    with new_place(database_kind, tmp_path / "new") as url:
        folder = tmp_path / "elsewhere"
        done = tracker(url, folder, "restore", path, secret=OTHER_SECRET)
        assert done.code == 0, done.err
        assert "Set TRACKER_SECRET_KEY" in done.out
        assert (folder / "secret.restored").read_text().strip() == SECRET
        assert not (folder / "secret").exists()


def test_database_with_rows_gives_way_only_when_told(place: str, tmp_path: Path) -> None:
    path = back_up(place, tmp_path)
    assert tracker(place, tmp_path, "create-user", "bo@harlan.example", "--name", "Bo").code == 0
    before = rows_of(place, tmp_path)
    refused = tracker(place, tmp_path, "restore", path)
    assert (refused.code, refused.out) == (2, "")
    assert "The database holds data" in refused.err
    assert tracker(place, tmp_path, "restore", path, "--replace", "--dry-run").code == 0
    assert rows_of(place, tmp_path) == before
    done = tracker(place, tmp_path, "restore", path, "--replace")
    assert done.code == 0, done.err
    after = rows_of(place, tmp_path)
    assert "ada@harlan.example" in after
    assert "bo@harlan.example" not in after


def test_backup_is_of_what_is_there_and_restored_to_what_is_new(
    place: str, database_kind: str, tmp_path: Path
) -> None:
    """The last release's database: copied before its migrations, brought up to date when put back."""
    words = ("flask", "--app", "wsgi", "db", "downgrade", "-d", "migrations", "2026_11_25_rules")
    downgraded = process(place, tmp_path, *words)
    assert downgraded.code == 0, downgraded.err
    path = tmp_path / "backup.zip"
    made = process(place, tmp_path, "tracker", "backup", path)
    assert made.code == 0, made.err
    assert manifest_of(path)["revisions"] == ["2026_11_25_rules"]
    with opened(place, tmp_path), db.engine.connect() as connection:
        assert revisions_of(connection) == {"2026_11_25_rules"}
    with new_place(database_kind, tmp_path / "new") as url:
        done = tracker(url, tmp_path / "new", "restore", path)
        assert done.code == 0, done.err
        assert "brought up to date from an older release" in done.out
        with opened(url, tmp_path / "new"), db.engine.connect() as connection:
            assert revisions_of(connection) == newest_revisions()
            assert db.session.scalars(select(User.email)).all() == ["ada@harlan.example"]
    replaced = tracker(place, tmp_path, "restore", path, "--replace")
    assert replaced.code == 0, replaced.err


def test_newer_backup_is_refused_with_a_sentence(place: str, database_kind: str, tmp_path: Path) -> None:
    path = back_up(place, tmp_path)
    before = rows_of(place, tmp_path)
    for name, change in (("schema", {"revisions": ["2099_01_01_later"]}), ("form", {"format": 2})):
        newer = rewritten(path, tmp_path / f"{name}.zip", change)
        refused = tracker(place, tmp_path, "restore", newer, "--replace")
        assert (refused.code, refused.out) == (3, ""), name
        assert "a newer release of this program" in refused.err
        assert len(refused.err.splitlines()) == 1, refused.err
    other = "postgresql" if database_kind == "sqlite" else "sqlite"
    refused = tracker(
        place, tmp_path, "restore", rewritten(path, tmp_path / "other.zip", {"database": other}), "--replace"
    )
    assert (refused.code, f"is of a {other} database" in refused.err) == (3, True)
    assert rows_of(place, tmp_path) == before


def rewritten(path: Path, target: Path, change: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for name in ("database", "secret"):
            archive.writestr(name, source.read(name))
        archive.writestr("manifest.json", json.dumps({**manifest_of(path), **change}))
    return target


def damaged(path: Path, folder: Path, rng: random.Random, number: int) -> Iterator[tuple[str, Path]]:
    """Files that once were this backup, or never were one."""
    whole = path.read_bytes()
    made: dict[str, bytes] = {
        "empty": b"",
        "text": b"student_id,given_name\n" * 50,
        "a-database": b"SQLite format 3\0" + whole[:4000],
        "no-end": whole[:-30],
        "no-start": whole[100:],
        "half": whole[: len(whole) // 2] + b"\0" * (len(whole) - len(whole) // 2),
    }
    for n in range(number):
        at = rng.randrange(len(whole))
        made[f"cut-{n}"] = whole[:at]
        flipped = bytearray(whole)
        for place in range(at, min(at + rng.choice((1, 16, 4096)), len(whole))):
            flipped[place] ^= rng.randrange(1, 256)
        made[f"flipped-{n}"] = bytes(flipped)
    for name, content in made.items():
        target = folder / f"{name}.zip"
        target.write_bytes(content)
        yield name, target
    tables = manifest_of(path)["tables"]
    tables["users"] |= {"rows": 7}
    yield "other-count", rewritten(path, folder / "count.zip", {"tables": tables})
    yield "no-tables", rewritten(path, folder / "tables.zip", {"tables": None})
    yield "no-sums", rewritten(path, folder / "sums.zip", {"files": {}})


def test_damaged_backup_is_refused_and_nothing_changes(place: str, full: bool, tmp_path: Path) -> None:
    """A flip that no reader could notice (a byte of a time stamp in the archive) may pass: then what
    is put back is what was saved."""
    path = back_up(place, tmp_path)
    saved = rows_of(place, tmp_path)
    assert tracker(place, tmp_path, "create-user", "bo@harlan.example", "--name", "Bo").code == 0
    before = rows_of(place, tmp_path)
    refused = 0
    for name, file in damaged(path, tmp_path, random.Random(18), 60 if full else 6):
        result = tracker(place, tmp_path, "restore", file, "--replace")
        if result.code == 0:
            assert name.startswith("flipped"), name
            assert rows_of(place, tmp_path) == saved, name
            before = saved
            continue
        refused += 1
        assert result.code == 3, (name, result.err)
        assert len(result.err.splitlines()) == 1, (name, result.err)
        assert "Use another backup." in result.err, (name, result.err)
    assert rows_of(place, tmp_path) == before
    assert refused >= (100 if full else 15)


@pytest.mark.one_database
def test_database_that_is_open_elsewhere_is_not_replaced(place: str, tmp_path: Path) -> None:
    path = back_up(place, tmp_path)
    with closing(sqlite3.connect(make_url(place).database or "")) as site:
        site.execute("SELECT count(*) FROM users").fetchone()
        refused = tracker(place, tmp_path, "restore", path, "--replace")
    assert (refused.code, refused.out) == (3, "")
    assert "The database is in use. Stop the site" in refused.err
    done = tracker(place, tmp_path, "restore", path, "--replace")
    assert done.code == 0, done.err


@pytest.mark.one_database
def test_damaged_database_is_kept_beside_the_backup_that_replaces_it(place: str, tmp_path: Path) -> None:
    path = back_up(place, tmp_path)
    before = rows_of(place, tmp_path)
    file = Path(make_url(place).database or "")
    file.write_bytes(b"not a database any more " * 1000)
    refused = tracker(place, tmp_path, "restore", path)
    assert (refused.code, "--replace" in refused.err) == (2, True), refused.err
    done = tracker(place, tmp_path, "restore", path, "--replace")
    assert done.code == 0, done.err
    assert rows_of(place, tmp_path) == before
    [kept] = file.parent.glob("*.damaged-*")
    assert kept.read_bytes().startswith(b"not a database any more")
    broken = tmp_path / "broken.sqlite"
    shutil.copy(file, broken)
    with broken.open("r+b") as written:
        written.seek(9000)
        written.write(os.urandom(40_000))
    failed = tracker(f"sqlite:///{broken}", tmp_path, "backup", tmp_path / "of-broken.zip")
    assert failed.code == 3, failed.out
    assert "damaged" in failed.err
    assert not (tmp_path / "of-broken.zip").exists()


@pytest.mark.one_database
def test_backup_takes_the_place_of_no_other_file(place: str, tmp_path: Path) -> None:
    path = back_up(place, tmp_path)
    held = path.read_bytes()
    again = tracker(place, tmp_path, "backup", path)
    assert (again.code, "exists" in again.err) == (2, True)
    assert path.read_bytes() == held
    assert tracker(place, tmp_path, "backup", tmp_path / "no" / "such.zip").code == 2
    empty = tracker(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path, "backup", tmp_path / "none.zip")
    assert (empty.code, "nothing to back up" in empty.err) == (3, True)
    assert not (tmp_path / "none.zip").exists()


@pytest.mark.one_database
def test_backup_is_in_the_audit_log(place: str, tmp_path: Path) -> None:
    back_up(place, tmp_path)
    with opened(place, tmp_path):
        noted = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert noted is not None
        assert (noted.action, noted.subject_type, noted.actor_user_id) == ("backup", "database", None)


def test_programs_are_those_of_the_server_or_what_is_lacking_is_named() -> None:
    with pytest.raises(BackupError, match=r"pg_dump of PostgreSQL 99 is needed.*postgresql-client-99"):
        find_programs("pg_dump", 99)


def test_words_for_the_server_are_quoted() -> None:
    assert _conninfo({"host": "/run/pg", "dbname": "o'neil\\x"}) == r"host='/run/pg' dbname='o\'neil\\x'"

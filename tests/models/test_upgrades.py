"""A database as an earlier release left it is worth the same after the upgrade, on both databases."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, Table, inspect, select, text

from tests.support.databases import POSTGRES_URL, Templates, drop_tables, settings_for
from tests.support.upgrades import (
    RENAMED,
    Dump,
    count_orphans,
    gradebook_checksum,
    last_run,
    read_dump,
    read_rows,
    restore,
    stored_sentences,
    write_dump,
)
from tracker.app import create_app
from tracker.core import ROOT
from tracker.domain.assignment import Condition, Quota, Target, Where
from tracker.domain.grade import Verdict
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.grading.rules.document import terms_from_document
from tracker.jobs.matching.rematch import recompute_missing, rematch_course
from tracker.matching.decide import RULES_VERSION
from tracker.models import (
    AssignmentTermsVersion,
    Course,
    FeedState,
    GradeDecision,
    Linkage,
    Poll,
    RequirementVerdict,
    Run,
)
from tracker.queries.grade_records import load_recorded_grades
from tracker.queries.verdicts.judge import judge_course
from tracker.wording.evidence import say_candidate

FOLDER = Path(__file__).parents[1] / "data" / "upgrades"
DUMPS = sorted(FOLDER.glob("*.jsonl.gz"))
EACH_DUMP = [pytest.param(path, id=path.name.removesuffix(".jsonl.gz")) for path in DUMPS]


ANSWER = ("course_id", "comment_id", "enrollment_id", "verdict", "reason", "decision_id", "flag", "teaches")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What the last release left, every day; what all releases left, with --full."""
    if "dump" in metafunc.fixturenames:
        dumps = EACH_DUMP if metafunc.config.option.full else EACH_DUMP[-1:]
        metafunc.parametrize("dump", dumps, indirect=True, scope="module")


@contextmanager
def filled(kind: str, templates: Templates, folder: Path, dump: Dump) -> Iterator[Flask]:
    """An application on a database as the dump has it, not upgraded yet."""
    if kind == "postgresql" and not os.environ.get(POSTGRES_URL):
        pytest.skip("PostgreSQL is not installed here")
    with templates.empty(kind, folder) as url:
        app = create_app(settings_for(url, folder, TESTING=True))
        with app.app_context():
            try:
                drop_tables()
                restore(dump)
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


@pytest.fixture(scope="module")
def dump(request: pytest.FixtureRequest) -> Dump:
    return read_dump(request.param)


@pytest.fixture(scope="module")
def upgraded(
    database_kind: str, dump: Dump, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The dump, upgraded to the newest revision and matched again; for tests that write nothing."""
    with filled(database_kind, templates, tmp_path_factory.mktemp("upgraded"), dump) as app:
        upgrade(revision=BEFORE_REASONS)
        app.config["BEFORE"] = read_verdicts()
        upgrade()
        recompute_missing(last_run(db.session()))
        yield app


BEFORE_REASONS = "2026_11_25_rules"
"""The last revision whose verdicts held sentences; the next one drops what is computed."""

COMPUTED = frozenset({"linkages", "match_state", "verdicts", "grading_state"})
"""Tables that may be dropped and filled again."""


def read_verdicts() -> dict[tuple[int, int, str], tuple[Any, ...]]:
    """What verdicts say, read by their columns; models speak of the newest ones only."""
    with db.engine.connect() as connection:
        table = Table("verdicts", MetaData(), autoload_with=connection)
        return {
            (row.assignment_id, row.enrollment_id, row.requirement): (
                *(row.state, row.reason, row.credit, row.comment_id, row.post_id, str(row.due_at)),
                *(row.evidence["permalink"], row.evidence["blog_ids"]),
            )
            for row in connection.execute(select(table))
        }


@pytest.fixture(autouse=True)
def _fresh_session(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "upgraded" in request.fixturenames:
        db.session.remove()


def test_there_is_a_dump_of_an_earlier_release() -> None:
    assert "2026_11_22_first_tables.jsonl.gz" in {path.name for path in DUMPS}


@pytest.mark.parametrize("path", EACH_DUMP)
def test_a_dump_names_no_folder_of_a_machine_and_no_password(path: Path) -> None:
    content = gzip.decompress(path.read_bytes()).decode()
    assert re.findall(r"argon2|pbkdf2|scrypt|BEGIN [A-Z ]*KEY", content) == []
    assert re.findall(r"(?<![\w.:/])/(?:home|root|tmp|usr|var|opt|srv|work|Users)/\S*", content) == []
    assert set(re.findall(r"@([\w.-]+\.\w+)", content)) <= {"harlan.example", "blogger.com"}


def test_every_table_keeps_its_rows(upgraded: Flask, dump: Dump) -> None:
    with db.engine.connect() as connection:
        rows = list(read_rows(connection, dump.about.tables))
    after = Dump(dump.about, rows)
    assert what_was_counted(after) == what_was_counted(dump)
    assert sum(dump.counts().values()) > 1000
    assert what_was_given(rows) == what_was_given(dump.rows)


def what_was_counted(dump: Dump) -> dict[str, int]:
    """How many rows each table has that is there and not computed, under its first name."""
    return {
        RENAMED.get(name, name): number
        for name, number in dump.counts().items()
        if number and name not in COMPUTED
    }


def what_was_given(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """The rows but for the rules, whose form changed, and for those that are computed."""
    return [row for row in computed_left_out(rows) if row[0] != "assignment_terms"]


def computed_left_out(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    return [row for row in rows if row[0] not in COMPUTED]


def test_every_verdict_is_computed_again_as_it_was(upgraded: Flask, dump: Dump) -> None:
    """Compared with the rows of the release itself, whatever rules it had."""
    before = upgraded.config["BEFORE"]
    assert len(before) == dump.counts()["verdicts"] > 50
    assert read_verdicts() == before


def test_what_was_computed_again_is_not_computed_twice(upgraded: Flask) -> None:
    assert recompute_missing(last_run(db.session())) == {}


def test_every_rule_asks_for_what_it_asked_for(upgraded: Flask, dump: Dump) -> None:
    column = dump.about.tables["assignment_terms"].index("document") + 1
    old = [json.loads(row[column]) for row in dump.rows if row[0] == "assignment_terms"]
    rows = db.session.scalars(select(AssignmentTermsVersion).order_by(AssignmentTermsVersion.id)).all()
    terms = [terms_from_document(row.document) for row in rows]
    assert len(old) == len(terms) > 0
    for was, one, row in zip(old, terms, rows, strict=True):
        if "parts" in was:
            assert row.document == was
            continue
        comments, summary = one.parts
        asked = was["comments"]
        assert (one.title, one.version, one.held.value) == (was["title"], was["version"], was["held"])
        assert one.points == (None if was["points"] is None else Decimal(was["points"]))
        assert comments.quota == Quota(asked["count"])
        assert comments.target == Target(Where.ALLOCATED)
        assert comments.window.due_at == datetime.fromisoformat(asked["window"]["due_at"])
        assert summary.window.opens_at == datetime.fromisoformat(was["summary"]["window"]["opens_at"])
        assert summary.names == tuple(was["summary"]["names"])
        floor = 0 if asked["floor"] == "required" else 100
        words = Condition(Trait.WORDS, asked["min_words"], floor)
        assert comments.conditions == ((words,) if asked["min_words"] else ())


def test_the_schema_is_what_the_models_say(upgraded: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_no_row_refers_to_one_that_is_not_there(upgraded: Flask) -> None:
    with db.engine.connect() as connection:
        assert count_orphans(connection) == {}
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_the_gradebook_is_what_the_earlier_release_made_of_it(upgraded: Flask, dump: Dump) -> None:
    assert gradebook_checksum(db.session(), stored_sentences(dump)) == dump.about.gradebook


def test_judging_again_as_of_the_last_run_changes_no_verdict(upgraded: Flask) -> None:
    as_of = last_run(db.session())
    stored = {
        (row.assignment_id, row.enrollment_id, row.requirement): meaning(row.as_verdict())
        for row in db.session.scalars(select(RequirementVerdict))
    }
    judged = {
        (one.assignment.id, one.enrollment_id, verdict.requirement): meaning(verdict)
        for course_id in db.session.scalars(select(Course.id)).all()
        for one in judge_course(db.session(), course_id, as_of)
        for verdict in one.judgment.verdicts
    }
    assert judged == stored


def meaning(verdict: Verdict) -> tuple[Any, ...]:
    """A verdict in values that compare."""
    evidence = (verdict.comment_id, verdict.post_id, verdict.permalink, verdict.clock, verdict.blog_ids)
    return verdict.state, verdict.reason, verdict.params, verdict.due_at, verdict.credit, evidence


def test_matching_again_moves_no_comment(upgraded: Flask) -> None:
    as_of = last_run(db.session())
    for course_id in db.session.scalars(select(Course.id)).all():
        linked = db.session.scalars(select(Linkage.id).where(Linkage.course_id == course_id)).all()
        report = rematch_course(course_id, as_of, preview=True)
        assert (report.judged, report.moved) == (len(linked), 0)


def test_a_new_row_gets_a_number_after_the_old_ones(upgraded: Flask) -> None:
    runs = db.session.scalars(select(Run.id)).all()
    new = Run(trigger="manual", started_at=last_run(db.session()), due=0, done=0, reason="", owner="")
    db.session.add(new)
    db.session.flush()
    assert new.id == max(runs) + 1
    db.session.rollback()


def test_a_dump_of_the_upgraded_database_holds_the_same_rows_and_gradebook(
    upgraded: Flask, dump: Dump, tmp_path: Path
) -> None:
    write_dump(tmp_path / "again.jsonl.gz")
    again = read_dump(tmp_path / "again.jsonl.gz")
    assert again.about.gradebook == gradebook_checksum(db.session(), stored_sentences(again))
    assert what_was_counted(again) == what_was_counted(dump)
    assert again.about.revision == ScriptDirectory(f"{ROOT}/migrations").get_current_head()


def test_matching_again_finds_every_answer(upgraded: Flask, dump: Dump) -> None:
    asked = [name for name in ANSWER if name in dump.about.tables["linkages"]]
    with db.engine.connect() as connection:
        rows = list(read_rows(connection, {"linkages": asked}))
    places = [dump.about.tables["linkages"].index(name) + 1 for name in asked]
    before = [["linkages", *(row[place] for place in places)] for row in dump.rows if row[0] == "linkages"]
    assert sorted(map(repr, rows)) == sorted(map(repr, before))
    assert len(before) > 100


def test_decisions_stand_and_all_else_is_matched_by_the_rules_of_today(upgraded: Flask, dump: Dump) -> None:
    before = {row["comment_id"]: row for row in dump.of("linkages")}
    after = db.session.scalars(select(Linkage)).all()
    decided = {row.comment_id for row in after if row.decision_id is not None}
    assert decided == {number for number, row in before.items() if row["decision_id"] is not None}
    for row in after:
        was = before[row.comment_id]
        if row.comment_id in decided:
            stood = (was["decision_id"], was["enrollment_id"], was["verdict"])
            assert (row.decision_id, row.enrollment_id, row.verdict) == stood
        assert (row.rules_version, was["rules_version"] == row.rules_version) == (RULES_VERSION, False)
    assert len(decided) < len(after)
    assert bool(decided) == bool(dump.counts().get("linkage_decisions"))


def test_open_courses_are_matched_again_once_where_the_rules_are_newer_than_the_answers(
    database_kind: str, dump: Dump, templates: Templates, tmp_path: Path
) -> None:
    with filled(database_kind, templates, tmp_path, dump):
        upgrade()
        now = last_run(db.session())
        recompute_missing(now)
        right = read_answers()
        free = [number for number, row in right.items() if row[-1] is None]
        decided = [number for number, row in right.items() if row[-1] is not None]
        older = "verdict = 'ignore', reason = 'weak', enrollment_id = NULL, candidates = '[]'"
        db.session.execute(text("UPDATE linkages SET rules_version = '2026.3'"))
        db.session.execute(text(f"UPDATE linkages SET {older} WHERE decision_id IS NULL"))  # noqa: S608
        db.session.execute(text("UPDATE match_state SET matched_by = :digest"), {"digest": "37e50810" * 8})
        db.session.commit()
        reports = recompute_missing(now, preview=True)
        assert {row[:2] for row in map(read_answers().get, free) if row} == {("ignore", None)}
        assert sum(one.changed for one in reports.values()) >= len(right)
        recompute_missing(now)
        assert read_answers() == right
        assert set(db.session.scalars(select(Linkage.rules_version))) == {RULES_VERSION}
        assert recompute_missing(now) == {}
        assert free
        assert bool(decided) == bool(dump.counts().get("linkage_decisions"))


def read_answers() -> dict[int, tuple[Any, ...]]:
    db.session.expire_all()
    return {
        row.id: (row.verdict, row.enrollment_id, row.reason, str(row.candidates), row.decision_id)
        for row in db.session.scalars(select(Linkage))
    }


def test_linkage_of_an_erased_text_keeps_its_answer_and_the_kinds_of_its_evidence(
    database_kind: str, dump: Dump, templates: Templates, tmp_path: Path
) -> None:
    names = dump.about.tables["linkages"]
    linkages = (dict(zip(names, row[1:], strict=True)) for row in dump.rows if row[0] == "linkages")
    free = (row for row in linkages if row["decision_id"] is None)
    old = max(free, key=lambda row: row["candidates"].count('"kind"'))
    with filled(database_kind, templates, tmp_path, dump):
        erased = "UPDATE comment_versions SET purged_at = '2026-11-01 12:00:00.000000' WHERE comment_id = :id"
        db.session.execute(text(erased), {"id": old["comment_id"]})
        db.session.commit()
        upgrade()
        left = db.session.get_one(Linkage, old["id"])
        recompute_missing(last_run(db.session()))
        match = left.as_match()
        assert (left.id, match.verdict, match.reason) == (old["id"], old["verdict"], old["reason"])
        before = [[piece["kind"] for piece in one["evidence"]] for one in json.loads(old["candidates"])]
        assert [[piece.kind for piece in one.evidence] for one in match.candidates] == before
        said = {line.says for one in match.candidates for line in say_candidate(one, {})}
        had_params = '"params"' in old["candidates"]
        assert said
        assert all(says.startswith("Something ") != had_params for says in said)


def test_going_down_a_revision_and_up_again_keeps_every_row(
    database_kind: str, dump: Dump, templates: Templates, tmp_path: Path
) -> None:
    with filled(database_kind, templates, tmp_path, dump):
        upgrade()
        downgrade(revision=dump.about.revision)
        with db.engine.connect() as connection:
            assert computed_left_out(read_rows(connection, dump.about.tables)) == computed_left_out(dump.rows)
            columns = {
                name: [column["name"] for column in inspect(connection).get_columns(name)]
                for name in dump.about.tables
            }
        assert columns == dump.about.tables
        upgrade()
        recompute_missing(last_run(db.session()))
        with db.engine.connect() as connection:
            again = list(read_rows(connection, dump.about.tables))
            assert what_was_given(again) == what_was_given(dump.rows)
            assert count_orphans(connection) == {}
        assert gradebook_checksum(db.session(), stored_sentences(dump)) == dump.about.gradebook


def test_what_a_person_said_of_a_grade_survives_the_way_down_and_up(
    database_kind: str, dump: Dump, templates: Templates, tmp_path: Path
) -> None:
    with filled(database_kind, templates, tmp_path, dump):
        upgrade()
        recompute_missing(last_run(db.session()))
        row = db.session.scalars(select(RequirementVerdict).order_by(RequirementVerdict.id)).first()
        assert row is not None
        cell = (row.assignment_id, row.enrollment_id)
        word = GradeDecision(
            assignment_id=cell[0], enrollment_id=cell[1], kind="override", value=Decimal("9.5"),
            satisfactory=True, reason="Seen in class.", at=last_run(db.session()),
        )  # fmt: skip
        db.session.add(word)
        db.session.commit()
        downgrade(revision=dump.about.revision)
        upgrade()
        course_id = db.session.scalars(select(Course.id).order_by(Course.id)).first()
        grade = load_recorded_grades(db.session(), course_id or 0)[cell]
        assert (grade.value, grade.satisfactory, grade.reason) == (Decimal("9.5"), True, "Seen in class.")


def test_feeds_remember_the_windows_that_their_polls_showed(upgraded: Flask) -> None:
    shown: dict[int, int] = defaultdict(int)
    full: dict[int, int] = defaultdict(int)
    with upgraded.app_context():
        for poll in db.session.scalars(select(Poll)):
            shown[poll.feed_id] = max(shown[poll.feed_id], poll.entries)
            if poll.window_full:
                full[poll.feed_id] = max(full[poll.feed_id], poll.entries)
        for state in db.session.scalars(select(FeedState)):
            assert (state.window_size, state.full_window) == (shown[state.feed_id], full[state.feed_id])
        assert any(full.values())

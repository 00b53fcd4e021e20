"""Lines of the requirements on fetching and parsing that only a whole poll can prove, and the list of all."""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.blog_server import BlogServer
from tests.support.misbehavior_feed import feed_of, rss_of
from tests.support.term import add_course
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.polling.poll import RunReport, run_poll
from tracker.models import Comment, FeedState

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATH = "/comments.xml"
HOST = "room.example"


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


@contextmanager
def following(app: Flask, server: BlogServer) -> Iterator[Tools]:
    follow_feed(add_course(NOW), f"http://{HOST}{PATH}", now=NOW)
    settings = {**app.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",)}
    with make_tools(settings, resolve=server.resolve) as tools:
        yield tools


def check(tools: Tools, at: datetime, *, everything: bool = True) -> RunReport:
    return run_poll(tools, lambda: at, trigger="test", everything=everything)


def state() -> FeedState:
    db.session.expire_all()
    return db.session.scalars(select(FeedState)).one()


def count_comments() -> int:
    return db.session.scalar(select(func.count()).select_from(Comment)) or 0


def test_validators_of_a_body_cut_in_half_are_never_stored(context: Flask, server: BlogServer) -> None:
    whole = feed_of(HOST, tuple(range(1, 41))).encode()
    headers = {"ETag": '"all of it"', "Last-Modified": "Tue, 13 Oct 2026 06:00:00 GMT"}
    coded = gzip.compress(whole)
    with following(context, server) as tools:
        server.set(PATH, coded[: len(coded) // 2], headers={**headers, "Content-Encoding": "gzip"})
        assert [poll.error_class for poll in check(tools, NOW).polls] == ["truncated"]
        assert (state().etag, state().last_modified, state().body_hash) == ("", "", "")
        server.set(PATH, coded, headers={**headers, "Content-Encoding": "gzip"})
        assert check(tools, NOW + HOUR).new == 40
    assert state().etag == '"all of it"'


@pytest.mark.one_database
def test_validators_of_broken_xml_are_never_stored(context: Flask, server: BlogServer) -> None:
    whole = feed_of(HOST, tuple(range(1, 6)))
    with following(context, server) as tools:
        server.set(PATH, whole[: whole.rindex("<item>")], headers={"ETag": '"x"'})
        assert check(tools, NOW).new == 4
        assert (state().etag, state().body_hash) == ("", "")
        server.set(PATH, whole, headers={"ETag": '"x"'})
        assert check(tools, NOW + HOUR).new == 1


@pytest.mark.one_database
def test_feed_that_asks_for_time_is_asked_once_and_not_before(context: Flask, server: BlogServer) -> None:
    server.set(PATH, status=429, headers={"Retry-After": "7200"})
    with following(context, server) as tools:
        check(tools, NOW, everything=False)
        assert server.paths().count(PATH) == 1
        check(tools, NOW + HOUR, everything=False)
        assert server.paths().count(PATH) == 1
        check(tools, NOW + 3 * HOUR, everything=False)
    assert server.paths().count(PATH) == 2


@pytest.mark.one_database
def test_feed_that_is_empty_now_is_healthy_and_nothing_is_deleted(context: Flask, server: BlogServer) -> None:
    with following(context, server) as tools:
        server.set(PATH, feed_of(HOST))
        check(tools, NOW)
        server.set(PATH, rss_of(HOST, ""))
        report = check(tools, NOW + HOUR)
    assert [poll.outcome for poll in report.polls] == ["ok"]
    assert count_comments() == 3


def named_tests() -> list[tuple[str, str]]:
    """(path, name) of every test that docs/RELIABILITY.md names."""
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "RELIABILITY.md").read_text())


def test_every_line_names_a_test() -> None:
    text = (ROOT / "docs" / "RELIABILITY.md").read_text()
    lines = dict(re.findall(r"^\| ([FPSG]\d+) \|(.*)$", text, re.MULTILINE))
    wanted = {f"F{n}" for n in range(1, 14)} | {f"P{n}" for n in range(1, 12)}
    assert wanted | {"S1", "S2", "S3", "S4", "S5", "S8", "S10", "G1", "G2"} <= set(lines)
    assert [line for line, rest in lines.items() if "::" not in rest] == []


@pytest.mark.parametrize("path", sorted({path for path, _ in named_tests()}))
def test_tests_that_are_named_exist(path: str) -> None:
    functions = {
        node.name
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name for there, name in named_tests() if there == path} - functions == set()

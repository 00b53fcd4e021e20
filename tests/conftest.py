"""Databases, applications and the rule that nothing may be skipped in secret."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import postgres
from tests.support.databases import POSTGRES_URL, SharedApps, Templates, settings_for
from tracker.app import create_app
from tracker.extensions import db
from tracker.feeds.client.allocator import share_arenas

IN_CI = os.environ.get("CI") == "true"
KINDS = ("sqlite", "postgresql")

_cluster: postgres.Cluster | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run every test at the counts the goals name")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, before any worker process, when there is one to start.

    Memory is shared by threads from the beginning, as in a poll, which does nothing before.
    """
    share_arenas()
    global _cluster  # noqa: PLW0603 - the one cluster of this run, stopped below
    if hasattr(config, "workerinput") or os.environ.get(POSTGRES_URL) or config.option.collectonly:
        return
    binaries = postgres.find_binaries()
    if binaries:
        _cluster = postgres.Cluster(binaries)
        _cluster.start()
        os.environ[POSTGRES_URL] = _cluster.url


def pytest_unconfigure() -> None:
    if _cluster:
        _cluster.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of models, queries, jobs and pages run on both databases; the command line, which is
    a thin layer above them, and what is marked so, on one."""
    if "database_kind" in metafunc.fixturenames:
        once = "tests/cli/" in metafunc.definition.nodeid or any(
            mark.name == "one_database" for mark in metafunc.definition.iter_markers()
        )
        metafunc.parametrize("database_kind", KINDS[:1] if once else KINDS, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "[postgresql" in item.name or "-postgresql" in item.name:
            item.add_marker(pytest.mark.postgresql)
    if not config.option.full:
        long = [item for item in items if item.get_closest_marker("only_in_full")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end; not to go through it again and again saves a
    tenth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a skip is a failure, but for documents that are not part of the project."""
    report = yield
    if (
        IN_CI
        and report.skipped
        and not hasattr(report, "wasxfail")
        and not item.get_closest_marker("real_input")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say for each database how many tests ran on it."""
    counts: Counter[tuple[str, str]] = Counter()
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            name = getattr(report, "nodeid", "")
            kind = next((k for k in KINDS if f"[{k}" in name or f"-{k}" in name), "no database")
            counts[kind, outcome] += 1
    for kind in (*KINDS, "no database"):
        ran = counts[kind, "passed"] + counts[kind, "failed"]
        terminalreporter.write_line(f"{kind}: {ran} run, {counts[kind, 'skipped']} skipped")


@pytest.fixture(scope="session")
def full(pytestconfig: pytest.Config) -> bool:
    """True when the counts named by the goals are to be run, not the small ones."""
    return bool(pytestconfig.option.full)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    made = Templates(tmp_path_factory.mktemp("templates"))
    yield made
    made.close()


@pytest.fixture
def database_url(database_kind: str, templates: Templates, tmp_path: Path) -> Iterator[str]:
    if database_kind == "postgresql" and not os.environ.get(POSTGRES_URL):
        pytest.skip("PostgreSQL is not installed here")
    with templates.empty(database_kind, tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def shared_apps(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApps]:
    with SharedApps(templates, tmp_path_factory.mktemp("apps")) as apps:
        yield apps


@pytest.fixture
def app(database_kind: str, shared_apps: SharedApps) -> Iterator[Flask]:
    """An application on an empty database of either kind.

    No context is pushed: requests of a test client would share it, and with it who is signed in.
    The application itself is one for the whole session, since making one costs more than most
    tests; its tables are emptied and its settings put back for each.
    """
    if database_kind == "postgresql" and not os.environ.get(POSTGRES_URL):
        pytest.skip("PostgreSQL is not installed here")
    made = shared_apps.get(database_kind)
    settings = dict(made.config)
    yield made
    made.config.clear()
    made.config.update(settings)


@pytest.fixture
def own_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application of this test alone, for what cannot be taken back, such as a further page."""
    made = create_app(settings_for(database_url, tmp_path, TESTING=True))
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with its context pushed, for tests of models, queries and jobs."""
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def now() -> datetime:
    """A Monday morning after a deadline: 2026-10-26 08:00 in Chicago."""
    return datetime(2026, 10, 26, 13, 0, tzinfo=UTC)

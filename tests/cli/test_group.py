"""The commands' own index: whatever a module registers is found there, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.support.databases import settings_for
from tracker.cli.group import COMMANDS, tracker
from tracker.core import create_core, is_behind
from tracker.extensions import db

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
        assert is_behind(app)
        db.create_all()
        assert not is_behind(app)
        db.engine.dispose()

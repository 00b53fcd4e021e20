"""A poll on a terminal: counts by state while it goes, and then what needs a person."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from tests.cli.conftest import Shell
from tests.support.blog_server import BlogServer
from tracker.cli.poll_screen import PollScreen, show_attention
from tracker.jobs.polling.store_poll import PollReport
from tracker.queries.polling.poll_inputs import PolledFeed
from tracker.queries.polling.run_report import Attention

SINCE = datetime(2026, 10, 17, 7, 15, tzinfo=UTC)


def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def feeds(*blogs: str) -> list[PolledFeed]:
    return [
        PolledFeed(n, n, f"http://b{n}.example/", "comments", blog, "", "", None)
        for n, blog in enumerate(blogs)
    ]


def test_progress_counts_feeds_by_state_and_names_the_one_being_read() -> None:
    console = terminal()
    screen = PollScreen(console)
    due = feeds("Room Nine", "Attic", "Harbor", "Maple")
    screen.chosen(due)
    screen.begun(due[:3])
    screen.stored(PollReport("http://b0.example/", "Room Nine", "ok", new=2))
    screen.stored(PollReport("http://b1.example/", "Attic", "error"))
    console.print(screen.render())
    said = shown(console)
    assert "2 of 4: 1 waiting, 1 in flight, 1 new, 0 unchanged, 1 failed" in said
    assert "Reading: Harbor" in said


def test_what_needs_attention_is_a_table_on_a_terminal() -> None:
    console = terminal()
    show_attention([Attention("error", "Attic", "http://b1.example/", "No answer.", SINCE)], console)
    said = shown(console)
    assert "What needs attention" in said
    assert all(words in said for words in ("Attic", "No answer.", "2026-10-17 07:15 UTC"))


def test_what_needs_attention_is_a_line_a_feed_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    found = [
        Attention("error", "Attic", "http://b1.example/", "No answer.", SINCE),
        Attention("moved", "Maple", "http://b2.example/", "It is at http://new.example/ now."),
    ]
    show_attention(found, Console(file=io.StringIO()))
    assert capsys.readouterr().out.splitlines() == [
        "  error: http://b1.example/: No answer. In trouble since 2026-10-17 07:15 UTC.",
        "  moved: http://b2.example/: It is at http://new.example/ now.",
    ]


def test_dry_poll_says_why_each_feed_is_checked_or_left(term: Shell, blog: BlogServer) -> None:
    said = term("poll", "--dry-run").stdout.splitlines()
    comments = next(line for line in said if blog.url("/comments/feed/atom/") in line)
    assert comments.startswith("would skip ")
    assert "not due until" in comments
    assert said[-1].endswith("Nothing was fetched.")

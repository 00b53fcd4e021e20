"""The command line as a shell has it, on a course that follows one small blog."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.support.blog_server import BlogServer
from tests.support.dump import dump

ROSTER = (
    "student_id,given_name,family_name,email,blog_url\n"
    "s0001,Ada,Lund,ada@harlan.example,http://adalund.example/\n"
    "s0002,Bo,Varga,bo@harlan.example,\n"
)


@dataclass(frozen=True)
class Shell:
    """`shell("poll", "--all")` runs `flask tracker poll --all`."""

    app: Flask
    folder: Path

    def __call__(self, *words: str, code: int = 0) -> Result:
        """Run a command; the exit code has to be `code`."""
        result = self.app.test_cli_runner().invoke(args=["tracker", *words])
        assert result.exit_code == code, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def rows(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        """Run a command with --json and read what it wrote."""
        path = self.folder / "out.jsonl"
        self(*words, "--json", str(path), code=code)
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def write(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def dump(self) -> str:
        """Every table, those that note a check included."""
        with self.app.app_context():
            return dump(without=())

    def facts(self) -> str:
        """Every table but those that note a check."""
        with self.app.app_context():
            return dump()


@pytest.fixture
def shell(app: Flask, tmp_path: Path) -> Shell:
    app.config["ALLOW_PRIVATE_HOSTS"] = ("127.0.0.1/32",)
    return Shell(app, tmp_path)


@pytest.fixture
def course(shell: Shell) -> str:
    """An empty course; its key."""
    shell("create-course", "edt320", "EDT 320, Fall 2024", "--timezone", "America/Chicago")
    return "edt320"


@pytest.fixture
def blog() -> Iterator[BlogServer]:
    """A WordPress blog with three comments, two of them by a student."""
    with BlogServer() as server:
        page = (
            '<html><head><title>Room Nine</title><link rel="https://api.w.org/" href="/wp-json/">'
            '<link rel="alternate" type="application/rss+xml" href="/feed/"></head></html>'
        )
        server.set("/", page, headers={"Content-Type": "text/html"})
        server.set("/feed/atom/", feed_of(server, _post(server)))
        show_comments(server, 3)
        yield server


@pytest.fixture
def term(shell: Shell, course: str, blog: BlogServer) -> Shell:
    """The course with its roster, one round and the blog, followed and checked."""
    shell("import-roster", shell.write("roster.csv", ROSTER), "--course", course)
    shell("follow", blog.url("/"), "--course", course)
    add_round(shell)
    given = f"blog_url,student_id,round\n{blog.url('/')},s0001,1\n{blog.url('/')},s0002,1\n"
    shell("import-allocations", shell.write("allocations.csv", given), "--course", course)
    shell("poll", "--all")
    return shell


def add_round(shell: Shell, *more: str) -> Result:
    return shell(
        *("create-assignment", "c4t-1", "--course", "edt320", "--template", "c4t"),
        *("--opens", "2024-10-01 00:00", "--comments-due", "2024-10-12 23:59", *more),
    )


def show_comments(server: BlogServer, count: int) -> None:
    entries = [_comment(server, number) for number in range(count, 0, -1)]
    server.set("/comments/feed/atom/", feed_of(server, *entries))


def feed_of(server: BlogServer, *entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Room Nine</title>'
        f'<id>{server.url("/feed/atom/")}</id><link rel="alternate" href="{server.url("/")}"/>'
        f'<generator uri="https://wordpress.org/">WordPress</generator>{"".join(entries)}</feed>'
    )


def _post(server: BlogServer) -> str:
    return (
        f"<entry><title>A quiet week</title><id>{server.url('/?p=12')}</id>"
        f'<link rel="alternate" href="{server.url("/a-quiet-week/")}"/>'
        "<author><name>Ingrid Solberg</name></author><published>2024-10-02T10:00:00Z</published>"
        "<updated>2024-10-02T10:00:00Z</updated><content>Nobody spoke.</content></entry>"
    )


def _comment(server: BlogServer, number: int) -> str:
    name, home = ("Orla Finch", "http://orlafinch.example/") if number == 3 else ("Ada Lund", ADA)
    return (
        f"<entry><title>Comment on A quiet week by {name}</title>"
        f"<id>{server.url('/?p=12')}#comment-{number}</id>"
        f'<link rel="alternate" href="{server.url("/a-quiet-week/")}#comment-{number}"/>'
        f"<author><name>{name}</name><uri>{home}</uri></author>"
        f"<published>2024-10-0{4 + number}T15:00:00Z</published>"
        f"<updated>2024-10-0{4 + number}T15:00:00Z</updated>"
        f'<content type="html"><![CDATA[<p>What I thought on day {number} of a quiet week.</p>]]></content>'
        f'<thr:in-reply-to ref="{server.url("/?p=12")}" href="{server.url("/a-quiet-week/")}"/></entry>'
    )


ADA = "http://adalund.example/"

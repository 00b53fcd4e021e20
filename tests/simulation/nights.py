"""Lets the real poll job look at simulated blogs for a term, and holds what it stored against the oracle."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from tests.simulation.blogger import SimulatedBlogger
from tests.simulation.oracle import (
    Fate,
    Findings,
    LookAt,
    RecordedGap,
    blogger_reach,
    compare,
    judge,
    wordpress_reach,
    wordpress_tells,
)
from tests.simulation.random_blog import CHICAGO, TERM_START, deadlines
from tests.simulation.server import Hands, SimulationServer
from tests.simulation.wordpress import SimulatedWordPress
from tests.support import factories as make
from tests.support.evening import add_round
from tests.support.term import add_course, tools_for
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.poll import RunReport, run_poll
from tracker.models import Blog, Comment, Course, Feed, Gap

Simulator = SimulatedWordPress | SimulatedBlogger


@dataclass
class Term:
    """A course that follows simulated blogs, and the looks it took so far."""

    course_id: int
    clock: Hands
    server: SimulationServer
    tools: Tools
    blogs: dict[int, Simulator] = field(default_factory=dict)
    """By the id under which each is followed."""
    looks: list[LookAt] = field(default_factory=list)

    def look(self, look: LookAt) -> RunReport:
        """One run of the job over every feed, at the instant of the look."""
        self.clock.at = look.at
        report = run_poll(self.tools, self.clock, trigger="test", everything=True)
        self.looks.append(look)
        return report

    def fates(self, blog_id: int) -> dict[int, Fate]:
        simulator = self.blogs[blog_id]
        story = simulator.story
        if isinstance(simulator, SimulatedBlogger):
            return judge(story, self.looks, blogger_reach(story))
        habits = simulator.habits
        return judge(story, self.looks, wordpress_reach(story, habits), wordpress_tells(story, habits))

    def findings(self, blog_id: int) -> Findings:
        return compare(self.fates(blog_id), stored_numbers(blog_id), open_gaps(blog_id))

    def faults(self) -> str:
        """Every fault of every blog, a line each; "" when there is none."""
        lines = []
        for blog_id in self.blogs:
            lines += [f"{self._name(blog_id)}: {line}" for line in self._lines(blog_id)]
        return "\n".join(lines)

    def _name(self, blog_id: int) -> str:
        simulator = self.blogs[blog_id]
        habits = "" if isinstance(simulator, SimulatedBlogger) else f" {simulator.habits}"
        return simulator.story.host + habits

    def _lines(self, blog_id: int) -> Iterator[str]:
        found = self.findings(blog_id)
        for words, fates in (("lost", found.lost), ("unsaid", found.unsaid)):
            kinds = Counter(self._kind(blog_id, fate) for fate in fates)
            yield from (f"{words} {count} × {kind}" for kind, count in sorted(kinds.items()))
        if found.twice:
            yield f"stored twice: {found.twice}"
        yield from (f"false gap {gap.after} to {gap.before}" for gap in found.false_gaps)
        strays = [row for row in stored_rows(blog_id) if not (row.native_number or "").isdigit()]
        yield from (f"stored without a number: {row.identity}" for row in strays)

    def _kind(self, blog_id: int, fate: Fate) -> str:
        """What is special about a comment, for the list of the lost."""
        said = fate.life.said
        post = self.blogs[blog_id].story.post(said.post)
        marks = [
            f"nearest way {fate.nearest()}",
            "approved late" if said.held else "",
            "restored" if len(fate.life.public) > 1 else "",
            "on a static page" if post.is_page else "",
            "after an extra look" if not all(look.whole for look in self.looks) else "",
        ]
        return ", ".join(mark for mark in marks if mark)


@contextmanager
def follow_blogs(
    app: Flask, clock: Hands, simulators: Sequence[Simulator], *, certificate: Path | None = None
) -> Iterator[Term]:
    """A course with one student, who may comment on every blog in every round of the term."""
    with (
        SimulationServer(*simulators, certificate=certificate) as server,
        tools_for_server(app, server) as tools,
    ):
        course_id = add_course(clock(), course_blog="")
        term = Term(course_id, clock, server, tools)
        for simulator in simulators:
            report = follow(course_id, f"http://{simulator.story.host}/", now=clock(), tools=tools)
            term.blogs[report.blog_id] = simulator
        yield term


@contextmanager
def tools_for_server(app: Flask, server: SimulationServer) -> Iterator[Tools]:
    with tools_for(app, server, FETCH_READ_TIMEOUT_S=20.0) as tools:  # type: ignore[arg-type]
        yield tools


def add_rounds(term: Term, nights: int) -> None:
    """A round of two comments for each deadline, each with the student allocated to every blog."""
    course = db.session.get_one(Course, term.course_id)
    student = make.add_enrollment(course, name="Wen Liu")
    for n, due_at in enumerate(deadlines(nights), 1):
        assignment = add_round(course, f"c4t-{n}", f"C4T #{n}", due_at)
        for blog_id in term.blogs:
            make.allocate(assignment, student, db.session.get_one(Blog, blog_id))
    db.session.commit()


def plan_looks(nights: int, *, extra: bool = True) -> list[LookAt]:
    """One whole look a night at 02:15 in Chicago; with `extra`, conditional ones on deadline evenings."""
    local = TERM_START.astimezone(CHICAGO)
    looks = [LookAt(local + timedelta(days=n)) for n in range(nights + 1)]
    if extra:
        for due_at in deadlines(nights):
            looks += [LookAt(due_at - timedelta(minutes=m), whole=False) for m in (180, 90, 29)]
    utc = TERM_START.tzinfo
    return sorted((LookAt(look.at.astimezone(utc), look.whole) for look in looks), key=lambda look: look.at)


def stored_rows(blog_id: int) -> list[Comment]:
    db.session.expire_all()
    return list(
        db.session.scalars(
            select(Comment)
            .where(Comment.blog_id == blog_id, Comment.merged_into_id.is_(None))
            .order_by(Comment.id)
        )
    )


def stored_numbers(blog_id: int) -> list[int]:
    return [int(row.native_number) for row in stored_rows(blog_id) if (row.native_number or "").isdigit()]


def open_gaps(blog_id: int) -> list[RecordedGap]:
    rows = db.session.scalars(
        select(Gap).join(Feed, Feed.id == Gap.feed_id).where(Feed.blog_id == blog_id, Gap.closed_at.is_(None))
    )
    return [RecordedGap(gap.after_at, gap.before_at) for gap in rows]


def make_certificate(folder: Path, hosts: Sequence[str]) -> Path | None:
    """A certificate for these hosts that vouches for itself, with its key; None without openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    path = folder / "hosts.pem"
    names = ",".join(f"DNS:{host}" for host in hosts)
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", "/CN=blogs.example", "-addext", f"subjectAltName={names}",
         "-keyout", str(path), "-out", str(path.with_suffix(".crt"))],
        check=True,
        capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path

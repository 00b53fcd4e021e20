"""Lets the real poll job visit simulated blogs for a term, and holds what it stored against the oracle."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from tests.simulation.oracle import Fate, Findings, PollAt, RecordedGap, compare, judge
from tests.simulation.random_blog import TERM_START, deadlines
from tests.simulation.scenarios import nights as spread_nights
from tests.support import factories as make
from tests.support.evening import add_round
from tests.support.term import add_course, tools_for
from tracker.demo.blogosphere.blogs import Blogosphere, DemoBlog
from tracker.demo.blogosphere.server import BlogosphereServer
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.poll import RunReport, run_poll
from tracker.models import Blog, Comment, Course, Feed, Gap


@dataclass
class SimulatedTerm:
    """A course that follows simulated blogs, and the polls it made so far."""

    course_id: int
    sphere: Blogosphere
    tools: Tools
    blogs: dict[int, DemoBlog] = field(default_factory=dict)
    """By the id under which each is followed."""
    polls: list[PollAt] = field(default_factory=list)

    def poll(self, poll: PollAt) -> RunReport:
        """One run of the job over every feed, at the instant of the poll."""
        self.sphere.now = poll.at
        report = run_poll(self.tools, self.sphere.clock, trigger="test", everything=True)
        self.polls.append(poll)
        return report

    def findings(self, blog_id: int) -> Findings:
        fates = judge(self.blogs[blog_id], self.polls)
        return compare(fates, stored_numbers(blog_id), open_gaps(blog_id))

    def faults(self) -> str:
        """Every fault of every blog, a line each; "" when there is none."""
        return "\n".join(
            f"{blog.host}: {line}" for blog_id, blog in self.blogs.items() for line in self._lines(blog_id)
        )

    def _lines(self, blog_id: int) -> Iterator[str]:
        found = self.findings(blog_id)
        for words, fates in (("lost", found.lost), ("unsaid", found.unsaid)):
            kinds = Counter(self._kind(fate) for fate in fates)
            yield from (f"{words} {count} × {kind}" for kind, count in sorted(kinds.items()))
        if found.twice:
            yield f"stored twice: {found.twice}"
        yield from (f"false gap {gap.after} to {gap.before}" for gap in found.false_gaps)
        strays = [row for row in stored_rows(blog_id) if not (row.native_number or "").isdigit()]
        yield from (f"stored without a number: {row.identity}" for row in strays)

    def _kind(self, fate: Fate) -> str:
        """What is special about a comment, for the list of the lost."""
        comment = fate.comment
        marks = [
            f"nearest way {fate.nearest()}",
            "approved late" if comment.held else "",
            "restored" if len(comment.public_spans()) > 1 else "",
            "on a static page" if comment.post.is_page else "",
            "after an extra poll" if not all(poll.whole for poll in self.polls) else "",
        ]
        return ", ".join(mark for mark in marks if mark)


@contextmanager
def follow_blogs(
    app: Flask, start: datetime, blogs: Sequence[DemoBlog], *, certificate: Path | None = None
) -> Iterator[SimulatedTerm]:
    """A course that follows these blogs from `start` on, and may be polled."""
    sphere = Blogosphere(blogs, now=start)
    with (
        BlogosphereServer(sphere, certificate=certificate) as server,
        tools_for(app, server, FETCH_READ_TIMEOUT_S=20.0) as tools,
    ):
        term = SimulatedTerm(add_course(start, course_blog=""), sphere, tools)
        for blog in blogs:
            report = follow(term.course_id, blog.home_url, now=start, tools=tools)
            term.blogs[report.blog_id] = blog
        yield term


def poll_blog(app: Flask, blog: DemoBlog, instants: Sequence[datetime]) -> int:
    """Follow one blog and poll it at each instant; the id under which it is followed."""
    with follow_blogs(app, instants[0], [blog]) as term:
        for at in instants:
            term.poll(PollAt(at))
    return next(iter(term.blogs))


def add_rounds(term: SimulatedTerm, nights: int) -> None:
    """An assignment of two comments for each deadline, with one student assigned to every blog."""
    course = db.session.get_one(Course, term.course_id)
    student = make.add_enrollment(course, name="Wen Liu")
    for n, due_at in enumerate(deadlines(nights), 1):
        assignment = add_round(course, f"c4t-{n}", f"C4T #{n}", due_at)
        for blog_id in term.blogs:
            make.allocate(assignment, student, db.session.get_one(Blog, blog_id))
    db.session.commit()


def plan_polls(nights: int, *, extra: bool = True) -> list[PollAt]:
    """One whole poll a night; with `extra`, conditional ones on deadline evenings."""
    polls = [PollAt(at) for at in spread_nights(TERM_START, nights + 1)]
    if extra:
        for due_at in deadlines(nights):
            polls += [PollAt(due_at - timedelta(minutes=m), whole=False) for m in (180, 90, 29)]
    return sorted(polls, key=lambda poll: poll.at)


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

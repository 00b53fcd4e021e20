"""A small world for trying cases from the field: invented pages, the product's own jobs, a database.

Each function does one thing that an instructor or a nightly run does: discover a blog, enroll a
class, assign blogs, poll at an instant, read a state with its sentence, match files. A script
imports everything it needs from here, jobs and models included.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tests.support.blog_server import BlogServer
from tests.support.databases import create_tables, settings_for
from tests.support.term import add_course
from tracker.app import create_app
from tracker.domain.act import Act
from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import DiscoveryError, FetchError, FetchErrorClass, TrackerError
from tracker.domain.feed import DiscoveredBlog, FeedKind
from tracker.domain.locale import CourseLocale
from tracker.domain.record import ExceptionKind
from tracker.domain.roster import RosterRow
from tracker.domain.typed_rule import TypedCondition, TypedQuota, TypedRule
from tracker.exports.opml import read_opml
from tracker.exports.roster_file import read_roster
from tracker.extensions import db
from tracker.feeds.client.fetch import Fetcher, FetchLimits
from tracker.feeds.discover import discover
from tracker.feeds.documents.parse import parse_document
from tracker.grading.rules.from_form import read_rule
from tracker.jobs.assignments import assignments
from tracker.jobs.blogs.follow import follow
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.grades import exceptions
from tracker.jobs.grades import export_gradebook as exports
from tracker.jobs.people import import_roster
from tracker.jobs.people.import_roster import RosterReport
from tracker.jobs.polling.poll import run_poll
from tracker.models import Assignment, Blog, Comment, CommentVersion, Enrollment, Post, Subscription
from tracker.queries.blogs.class_blogs import load_unfollowed_class_blogs
from tracker.queries.matching.match_file import match_file
from tracker.queries.status.course_status import course_status
from tracker.wording import rules

__all__ = [
    "AFTER",
    "HTML",
    "NIGHTS",
    "NOW",
    "RSS",
    "TWO",
    "UTC",
    "WORDS",
    "Assignment",
    "Blog",
    "BlogServer",
    "Comment",
    "CommentVersion",
    "DiscoveryError",
    "Enrollment",
    "ExceptionKind",
    "FeedKind",
    "FetchError",
    "FetchErrorClass",
    "FetchLimits",
    "Fetcher",
    "Path",
    "Post",
    "Subscription",
    "TrackerError",
    "TypedCondition",
    "TypedQuota",
    "TypedRule",
    "add_course",
    "apply",
    "change_terms",
    "comment",
    "contextmanager",
    "course",
    "course_status",
    "create_app",
    "create_assignment",
    "create_tables",
    "datetime",
    "db",
    "discover",
    "export_gradebook",
    "feeds_of",
    "find",
    "follow",
    "give",
    "grant",
    "import_allocations",
    "io",
    "item",
    "json",
    "load_unfollowed_class_blogs",
    "look",
    "make_tools",
    "match",
    "match_file",
    "parse_document",
    "post",
    "read_opml",
    "read_roster",
    "read_rule",
    "roster_rows",
    "rss",
    "rule_sentence",
    "run_poll",
    "said",
    "select",
    "settings_for",
    "shutil",
    "state",
    "tempfile",
    "timedelta",
    "wordpress",
    "world",
]

T = TypeVar("T")

NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
"""A nightly poll: 02:15 in Chicago."""
AFTER = datetime(2026, 10, 26, 7, 15, tzinfo=UTC)
"""The night after the due time, Sunday, October 25, 23:59."""
NIGHTS = (*(NOW + timedelta(days=days) for days in (0, 3, 7, 12)), AFTER)
HTML = {"Content-Type": "text/html; charset=UTF-8"}
RSS = {"Content-Type": "application/rss+xml; charset=UTF-8"}
TWO = (
    "student_id,given_name,family_name,email,blog_url,section\n"
    "J1,Brielle,Okafor,b@harlan.example,{one},1\nJ2,Thaddeus,Dunmore,t@harlan.example,{two},1\n"
)
"""A roster file of two students; `one` and `two` are the addresses of their class blogs."""
WORDS = " ".join(f"ramp{n}" for n in range(60))
ITEM_DATE = "Mon, 12 Oct 2026 18:00:00 +0000"
LOOPBACK = ("127.0.0.0/8",)


@contextmanager
def world(elsewhere: Mapping[str, str] | None = None) -> Iterator[tuple[BlogServer, Tools]]:
    """A server without pages, and the tools that jobs take, inside an application on an empty database.

    `elsewhere` are hosts that other servers play, with the address of each ("127.0.0.1:8080").
    """
    folder = Path(tempfile.mkdtemp(prefix="field-"))
    url = f"sqlite:///{folder}/t.sqlite"
    create_tables(url, folder)
    app = create_app(settings_for(url, folder))
    try:
        with BlogServer() as server, app.app_context():
            settings = {**app.config, "ALLOW_PRIVATE_HOSTS": LOOPBACK, "FETCH_READ_TIMEOUT_S": 2.0}

            def resolve(host: str, port: int) -> list[str]:
                return [elsewhere[host]] if elsewhere and host in elsewhere else server.resolve(host, port)

            with make_tools(settings, resolve=resolve) as tools:
                yield server, tools
            db.session.remove()
            db.engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# What a blog shows.


def rss(title: str, link: str, *items: str, gen: str = "https://wordpress.org/?v=6.4") -> str:
    """An RSS document; `gen` names the program that wrote it ("" leaves it out)."""
    generator = f"<generator>{gen}</generator>" if gen else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{title}</title><link>{link}</link>{generator}{''.join(items)}</channel></rss>"
    )


def item(
    title: str, link: str, author: str, guid: str, body: str, when: str = ITEM_DATE, description: str = ""
) -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><dc:creator><![CDATA[{author}]]></dc:creator>"
        f'<pubDate>{when}</pubDate><guid isPermaLink="false">{guid}</guid>'
        f"<description>{description or 'x'}</description>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def post(host: str, slug: str = "marble-runs", n: int = 41, title: str = "Marble runs") -> str:
    """The item of a WordPress post with the number `n`."""
    html = "<p>We built marble runs.</p>"
    return item(title, f"http://{host}/2026/10/{slug}/", "Ms. Calder", f"http://{host}/?p={n}", html)


def comment(
    host: str,
    number: int,
    author: str,
    body: str,
    slug: str = "marble-runs",
    n: int = 41,
    when: str = ITEM_DATE,
    description: str = "",
) -> str:
    """The item of a WordPress comment on the post with the number `n`."""
    link = f"http://{host}/2026/10/{slug}/#comment-{number}"
    guid = f"http://{host}/?p={n}#comment-{number}"
    return item(f"Comment on Marble runs by {author}", link, author, guid, body, when, description)


def wordpress(server: BlogServer, host: str, *comments: str, body: str = "", head: str | None = None) -> None:
    """Serve a WordPress blog with one post; `comments` are the items of its comment feed."""
    if head is None:
        head = f'<link rel="https://api.w.org/" href="http://{host}/wp-json/">'
    page = f"<html><head><title>Room 12</title>{head}</head><body>{body}</body></html>"
    server.set("/", page, headers=HTML, host=host)
    server.set("/feed/", rss("Room 12", f"http://{host}", post(host)), headers=RSS, host=host)
    feed = rss("Comments for Room 12", f"http://{host}", *comments)
    server.set("/comments/feed/", feed, headers=RSS, host=host)


# What a person or a nightly run does. `by` is the user's id, None for the command line.


def apply(
    course_id: int, rows: Sequence[RosterRow], *, by: int | None, now: datetime, hash_key: bytes
) -> RosterReport:
    """Import a roster."""
    return import_roster.apply(course_id, rows, Act(now, by), hash_key=hash_key)


def create_assignment(course_id: int, key: str, rule: TypedRule, *, by: int | None, now: datetime) -> int:
    return assignments.create_assignment(course_id, key, rule, Act(now, by))


def change_terms(
    assignment_id: int, rule: TypedRule, *, seen_version: int, by: int | None, now: datetime
) -> None:
    assignments.change_terms(assignment_id, rule, Act(now, by, seen_version))


def import_allocations(course_id: int, content: bytes, *, by: int | None, now: datetime) -> None:
    assignments.import_allocations(course_id, content, Act(now, by))


def grant(
    course_id: int,
    key: str,
    enrollment_id: int,
    kind: ExceptionKind,
    *,
    due: str = "",
    reason: str = "",
    by: int | None,
    now: datetime,
) -> int:
    """Grant a student an exception; its id."""
    return exceptions.grant(course_id, key, enrollment_id, kind, Act(now, by), due=due, reason=reason)


def export_gradebook(course_id: int, *, by: int | None, now: datetime) -> bytes:
    return exports.export_gradebook(course_id, Act(now, by))


def find(server: BlogServer, pasted: str) -> DiscoveredBlog:
    """Discover the feeds of a blog from what somebody pasted; a DiscoveryError when there are none."""
    with Fetcher(FetchLimits(allow_private=LOOPBACK, total_timeout_s=4), server.resolve) as fetcher:
        return discover(
            pasted,
            fetcher.fetch,
            lambda fetched, expect: parse_document(fetched.body, fetched.headers, fetched.final_url, expect),
        )


def feeds_of(blog: DiscoveredBlog) -> dict[str, str]:
    """kind -> address of each feed found."""
    return {feed.kind.value: feed.url for feed in blog.feeds}


def course(roster: str | None = None, words: int = 0, short: int = 0, summary: str = "") -> int:
    """A course with a roster (`TWO` unless given) and one comment due on Sunday, October 25, 23:59.

    `words` is the least number of words of the comment and `short` how many may be missing for part of the
    credit; `summary` is the due time of a summary, which is asked only then.
    """
    began = NOW - timedelta(days=30)
    course_id = add_course(began)
    students = roster or TWO.format(
        one="http://brielleteaches.blogspot.com/", two="http://mrdunmore320.blogspot.com/"
    )
    apply(course_id, read_roster(students), by=None, now=began, hash_key=b"k" * 32)
    rule = TypedRule(
        title="C4T #1",
        quota=TypedQuota(1),
        opens="2026-10-05",
        comments_due="2026-10-25 23:59",
        summary_due=summary,
        points="",
        conditions=(TypedCondition("words", words, short),) if words else (),
    )
    create_assignment(course_id, "c4t-1", rule, by=None, now=NOW - timedelta(days=20))
    return course_id


def give(course_id: int, host: str, *students: str) -> None:
    """Assign a blog to students for the whole assignment."""
    rows = "".join(f"http://{host}/,{student},c4t-1,2026-10-05,\n" for student in students)
    import_allocations(course_id, f"blog_url,student_id,round,start,end\n{rows}".encode(), by=None, now=NOW)


def look(tools: Tools, *instants: datetime) -> None:
    """Poll every feed at each instant."""
    for instant in instants:
        db.session.commit()
        run_poll(tools, lambda at=instant: at, trigger="test", everything=True)  # type: ignore[misc]


def state(
    course_id: int,
    student: str,
    requirement: str = "comment-1",
    at: datetime = AFTER + timedelta(hours=1),
) -> tuple[str, str]:
    """State and sentence of one requirement of one student; both "" when there is no such verdict."""
    db.session.commit()
    for status in course_status(course_id, at):
        for verdict in status.requirements:
            if (status.student_id, verdict.requirement) == (student, requirement):
                return verdict.state.value, status.says(verdict)
    return "", ""


def rule_sentence(terms: AssignmentTerms, zone: ZoneInfo) -> str:
    """The plain sentence of a rule, as an American course in this zone reads it."""
    return rules.rule_sentence(terms, CourseLocale(zone))


def roster_rows(folder: Path, name: str) -> list[tuple[str, str, str, str, str, str]]:
    """Number, names, email, blog and section of each student in a roster file."""
    return [
        (row.student_id, row.given_name, row.family_name, row.email, row.blog_url, row.section)
        for row in read_roster((Path(folder) / name).read_bytes())
    ]


def said(call: Callable[[], T]) -> tuple[T | None, str]:
    """What a call returns, or else the name and the sentence of its error."""
    try:
        return call(), ""
    except TrackerError as error:
        return None, f"{type(error).__name__}: {error}"


def match(
    folder: Path,
    comments: str,
    roster: str = "roster.csv",
    blogs: str = "blogs.csv",
    allocations: str = "allocations.csv",
    words: str = "EDT 320",
) -> dict[str, tuple[str, str | None]]:
    """Match a file of comments with the other files of the folder: comment -> decision and student."""
    with tempfile.TemporaryDirectory(prefix="field-") as out_folder:
        out = Path(out_folder) / "out.jsonl"
        match_file(
            roster=Path(folder) / roster,
            blogs=Path(folder) / blogs,
            allocations=Path(folder) / allocations,
            comments=Path(folder) / comments,
            words=words,
            staff="",
            course_blog="",
            out=out,
        )
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: (row["decision"], row["student_id"]) for row in rows}

"""A small course on the eve of a poll: everything that a poll does, happens in the next one.

Three educators' blogs and three class blogs, twelve feeds: those of the post that students may
comment on are found by the first poll. In the night to come there are new comments,
an edited one, a receipt that is answered, a summary post, and a class blog that shows for the first
time which account is its writer's: only then can two older comments be matched.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from flask import Flask

from tests.support import factories as make
from tests.support.blog_server import BlogServer, Page, ReceivedRequest
from tests.support.term import add_course, add_students
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.assignment import Window
from tracker.domain.feed import FeedKind
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.receipts.receipts import save_receipt
from tracker.models import Allocation, Blog, Course

EVE = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
NIGHT = EVE + timedelta(days=1)
DUE = datetime(2026, 10, 19, 5, 0, tzinfo=UTC)
EDUCATORS = ("maple.example", "harbor.example", "attic.example")
STUDENTS = (
    RosterFileRow("s01", "Ada", "Lund", blog_url="http://adalund.blogspot.example/"),
    RosterFileRow("s02", "Bo", "Varga", blog_url="http://bovarga.blogspot.example/"),
    RosterFileRow("s03", "Cleo", "Marsh", blog_url="http://cleomarsh.blogspot.example/"),
    RosterFileRow("s04", "Dov", "Castell"),
)
HOMES = tuple(row.blog_url for row in STUDENTS if row.blog_url)
ACCOUNT = "https://www.blogger.com/profile/0440{}77120013"
FEEDS = 12
ATOM = {"Content-Type": "application/atom+xml"}


class PausingServer(BlogServer):
    """Keeps every answer back for a while, and wakes whoever waits for the n-th request."""

    def __init__(self, pause_s: float = 0.0) -> None:
        super().__init__()
        self.pause_s = pause_s
        self.pending = 0
        self.count = 0
        self._news = threading.Condition()

    def page_for(self, request: ReceivedRequest) -> Page:
        page = super().page_for(request)
        with self._news:
            self.count += 1
            self.pending += 1
            self._news.notify_all()
        time.sleep(self.pause_s)
        with self._news:
            self.pending -= 1
        return page

    def start_counting(self) -> None:
        with self._news:
            self.count = 0

    def wait_for_request(self, number: int, timeout_s: float) -> bool:
        with self._news:
            return self._news.wait_for(lambda: self.count >= number, timeout_s)


@contextmanager
def tools_of(app: Flask, port: int) -> Iterator[Tools]:
    """Client and parser that take every invented host to the server at `port`."""
    settings = {**app.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",)}
    with make_tools(settings, resolve=lambda _host, _port: [f"127.0.0.1:{port}"]) as tools:
        yield tools


def check(tools: Tools, now: datetime = NIGHT) -> str:
    """One run over what is due; why it ended early."""
    return run_poll(tools, lambda: now, trigger="nightly").reason


def set_up(app: Flask, server: BlogServer) -> None:
    """The course as it stands after the first night. The context of `app` must be pushed."""
    course_id = add_course(EVE - timedelta(days=9), term_start=EVE.date() - timedelta(days=9))
    ids = add_students(course_id, STUDENTS, app.config["SECRET_KEY"], EVE)
    blogs = []
    for host in EDUCATORS:
        blogs.append(follow_feed(course_id, f"http://{host}/comments/feed/atom/", now=EVE).blog_id)
        follow_feed(course_id, f"http://{host}/feed/atom/", now=EVE, kind=FeedKind.POSTS)
    for home in HOMES:
        url = f"{home}feeds/posts/default"
        follow_feed(course_id, url, now=EVE, role="class-blog", kind=FeedKind.POSTS)
    opens = EVE - timedelta(days=8)
    rule = make.terms("C4T #1", Window(DUE, opens), Window(DUE + timedelta(days=7), opens))
    assignment = make.add_assignment(db.session.get_one(Course, course_id), "c4t-1", rule)
    for n, student_id in enumerate(ids):
        blog = db.session.get_one(Blog, blogs[n % len(blogs)])
        db.session.add(
            Allocation(assignment_id=assignment.id, enrollment_id=student_id, blog_id=blog.id, created_at=EVE)
        )
    db.session.commit()
    show(server, is_later=False)
    with tools_of(app, server.port) as tools:
        assert check(tools, EVE) == ""
    receipt = f"http://{EDUCATORS[0]}/a-quiet-week/"
    save_receipt(ids[3], receipt, "What I thought of day 4.", Act(EVE + timedelta(hours=9)))
    show(server, is_later=True)


def show(server: BlogServer, *, is_later: bool) -> None:
    """What the blogs serve on the first night, or on the second."""
    for n, host in enumerate(EDUCATORS):
        numbers = range(1, 5 if is_later else 4)
        comments = [_comment(host, n, number, is_later=is_later) for number in reversed(numbers)]
        for path in ("/comments/feed/atom/", "/a-quiet-week/feed/atom/"):
            server.set(path, _feed(host, "WordPress", *comments), host=host, headers=ATOM)
        posts = [_post(host, 12, "A quiet week", "Ingrid Solberg", "")]
        server.set("/feed/atom/", _feed(host, "WordPress", *posts), host=host, headers=ATOM)
    for n, (row, home) in enumerate(zip(STUDENTS, HOMES, strict=False)):
        host = home.split("/")[2]
        posts = []
        if is_later:
            link = f"http://{EDUCATORS[n]}/a-quiet-week/"
            text = f"C4T #1: I wrote to <a href='{link}'>a teacher</a> about quiet weeks."
            name = f"{row.given_name} {row.family_name}"
            posts = [_post(host, 7, "C4T #1", name, ACCOUNT.format(n), text)]
        server.set("/feeds/posts/default", _feed(host, "Blogger", *posts), host=host, headers=ATOM)


def _comment(host: str, n: int, number: int, *, is_later: bool) -> str:
    """1: by name and address; 2: by an account nobody knows yet; 3: a stranger's; 4: of the next night."""
    row = STUDENTS[n]
    name, uri = {
        1: (f"{row.given_name} {row.family_name}", row.blog_url),
        2: ("lanternfish", ACCOUNT.format(n)),
        3: ("Orla Finch", "http://orlafinch.example/"),
        4: ("Dov Castell", "") if n == 0 else (f"{row.given_name} {row.family_name}", row.blog_url),
    }[number]
    text = f"What I thought of day {number}{', again' if is_later and number == 1 else ''}."
    day = (EVE - timedelta(days=6 - number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    page = f"http://{host}/a-quiet-week/"
    return (
        f"<entry><title>Comment on A quiet week by {name}</title><id>http://{host}/?p=12#comment-{number}</id>"
        f'<link rel="alternate" href="{page}#comment-{number}"/>'
        f"<author><name>{name}</name><uri>{uri}</uri></author>"
        f"<published>{day}</published><updated>{day}</updated>"
        f'<content type="html"><![CDATA[<p>{text}</p>]]></content>'
        f'<thr:in-reply-to ref="http://{host}/?p=12" href="{page}"/></entry>'
    )


def _post(host: str, number: int, title: str, author: str, account: str, text: str = "Nobody spoke.") -> str:
    day = (EVE - timedelta(days=7 if number == 12 else -0.5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    uri = f"<uri>{account}</uri>" if account else ""
    page = f"http://{host}/{title.lower().replace(' ', '-').replace('#', '')}/"
    return (
        f"<entry><title>{title}</title><id>http://{host}/?p={number}</id>"
        f'<link rel="alternate" href="{page}"/>'
        f'<link rel="replies" type="application/atom+xml" href="{page}feed/atom/"/>'
        f"<author><name>{author}</name>{uri}</author><published>{day}</published>"
        f'<updated>{day}</updated><content type="html"><![CDATA[<p>{text}</p>]]></content></entry>'
    )


def _feed(host: str, generator: str, *entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:thr="http://purl.org/syndication/thread/1.0"><title>At {host}</title><id>http://{host}/</id>'
        f'<link rel="alternate" href="http://{host}/"/><generator>{generator}</generator>'
        f"{''.join(entries)}</feed>"
    )

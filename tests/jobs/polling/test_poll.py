"""The poll job against real servers: what is kept, what is said, and that repeating changes nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.support.blog_server import BlogServer, reset
from tests.support.dump import dump
from tests.support.term import add_course
from tracker.domain.feed import FeedKind
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.polling.poll import RunReport, run_poll
from tracker.jobs.runs import LEASE
from tracker.models import (
    Comment,
    CommentVersion,
    Disposition,
    Enrollment,
    FeedState,
    Gap,
    Linkage,
    Poll,
    Post,
    Run,
)

NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
NIGHT = timedelta(days=1)


@contextmanager
def tools_of(app: Flask, server: BlogServer) -> Iterator[Tools]:
    settings = {**app.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "FETCH_READ_TIMEOUT_S": 2.0}
    with make_tools(settings, resolve=server.resolve) as tools:
        yield tools


def item(
    number: int, text: str = "", *, post: int = 12, author: str = "Ida Vale", at: datetime | None = None
) -> str:
    when = (at or NOW - timedelta(hours=60 - number)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"<item><title>Comment on A post by {author}</title>"
        f"<link>http://room.example/a-post-{post}/#comment-{number}</link>"
        f"<dc:creator><![CDATA[{author}]]></dc:creator><pubDate>{when}</pubDate>"
        f'<guid isPermaLink="false">http://room.example/?p={post}#comment-{number}</guid>'
        f"<content:encoded><![CDATA[<p>{text or f'Comment number {number}.'}</p>]]></content:encoded></item>"
    )


WORDPRESS = "<generator>https://wordpress.org/?v=6.1</generator>"


def feed(*items: str, generator: str = WORDPRESS) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Comments for Room</title>'
        "<link>http://room.example</link>" + generator + "".join(items) + "</channel></rss>"
    ).encode()


def check(tools: Tools, at: datetime, **how: object) -> RunReport:
    return run_poll(tools, lambda: at, trigger="test", **{"everything": True, **how})  # type: ignore[arg-type]


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


@pytest.fixture
def course_id(context: Flask, server: BlogServer) -> int:
    made = add_course(NOW)
    follow_feed(made, server.url("/comments/feed/"), now=NOW)
    return made


def enroll(course_id: int) -> None:
    student = Enrollment(
        course_id=course_id, role="student", external_id="S1", given_name="Nora", family_name="Kern"
    )
    student.created_at = NOW
    db.session.add(student)
    db.session.commit()


def show(server: BlogServer, *items: str, generator: str = WORDPRESS) -> None:
    server.set(
        "/comments/feed/", feed(*items, generator=generator), headers={"Content-Type": "application/rss+xml"}
    )


def test_second_poll_of_a_shuffled_feed_changes_no_table_but_the_checks(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    numbers = list(range(1, 31))
    shuffler = random.Random(4)
    with tools_of(context, server) as tools:
        show(server, *(item(n) for n in numbers))
        first = check(tools, NOW)
        before = dump()
        shuffler.shuffle(numbers)
        show(server, *(item(n) for n in numbers))
        second = check(tools, NOW + NIGHT)
    assert (first.new, second.new) == (30, 0)
    assert dump() == before


def test_edit_is_kept_as_a_version_and_the_first_text_stays(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    with tools_of(context, server) as tools:
        show(server, item(1, "First thoughts."))
        check(tools, NOW)
        show(server, item(1, "Second thoughts."))
        report = check(tools, NOW + NIGHT)
        again = check(tools, NOW + 2 * NIGHT)
    assert [poll.edited for poll in report.polls] == [1]
    assert [poll.edited for poll in again.polls] == [0]
    texts = db.session.execute(select(CommentVersion.n, CommentVersion.text).order_by(CommentVersion.n)).all()
    assert [(n, "First" in text) for n, text in texts] == [(1, True), (2, False)]
    comment = db.session.scalars(select(Comment)).one()
    assert (comment.current_version, comment.edited_at) == (2, NOW + NIGHT)


def test_changed_guid_of_a_numbered_comment_makes_no_second_row(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    with tools_of(context, server) as tools:
        show(server, item(1), item(2))
        check(tools, NOW)
        show(server, item(1).replace("http://room.example/?p=12", "https://moved.example/?p=12"), item(2))
        report = check(tools, NOW + NIGHT)
    assert report.new == 0
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 2


def test_comments_that_share_one_guid_are_all_kept_over_several_checks(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    def nameless(n: int) -> str:
        return re.sub(
            r"<guid.*?</guid>", "<guid>the-same</guid>", item(n).replace(f"#comment-{n}</link>", "</link>")
        )

    with tools_of(context, server) as tools:
        show(server, nameless(1), generator="")
        check(tools, NOW)
        show(server, nameless(1), nameless(2), generator="")
        check(tools, NOW + NIGHT)
        show(server, nameless(3), nameless(2), nameless(1), generator="")
        report = check(tools, NOW + 2 * NIGHT)
    assert report.new == 1
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 3


def test_pingback_is_kept_as_what_it_is_and_never_again_reported(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    enroll(course_id)
    pingback = item(5, "[&#8230;] as Ms. Vale wrote [&#8230;]", author="Reading list | Another blog")
    with tools_of(context, server) as tools:
        show(server, item(1), pingback)
        check(tools, NOW)
        check(tools, NOW + NIGHT)
    kinds = db.session.scalars(select(Comment.kind).order_by(Comment.native_number)).all()
    assert kinds == ["comment", "pingback"]
    said = db.session.execute(select(Disposition.kind, Disposition.reason).order_by(Disposition.id)).all()
    assert sorted(map(tuple, said)) == [("new", ""), ("not-a-comment", "pingback")]
    verdicts = db.session.scalars(select(Linkage.verdict)).all()
    assert set(verdicts) == {"ignore"}


def test_two_addresses_of_one_post_are_one_post(context: Flask, server: BlogServer, course_id: int) -> None:
    plain = item(2).replace("http://room.example/a-post-12/#", "http://room.example/?p=12#")
    with tools_of(context, server) as tools:
        show(server, item(1), plain)
        check(tools, NOW)
    standing = db.session.scalars(select(Post).where(Post.merged_into_id.is_(None))).all()
    assert len(standing) == 1
    assert set(db.session.scalars(select(Comment.post_id))) == {standing[0].id}


def test_one_dead_blog_is_recorded_and_the_others_are_kept(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    show(server, item(1))
    server.set("/dead/feed/", misbehave=reset())
    server.set("/html/feed/", b"<!DOCTYPE html><html><body>Hello</body></html>")
    server.set("/gone/feed/", status=410)
    for path in ("/dead/feed/", "/html/feed/", "/gone/feed/"):
        follow_feed(course_id, server.url(path), now=NOW, kind=FeedKind.COMMENTS)
    with tools_of(context, server) as tools:
        report = check(tools, NOW)
    by_path = {poll.url.split("/", 3)[3]: poll for poll in report.polls}
    assert {path: (poll.outcome, poll.error_class) for path, poll in by_path.items()} == {
        "comments/feed/": ("ok", None),
        "dead/feed/": ("error", "reset"),
        "html/feed/": ("error", "not-a-feed"),
        "gone/feed/": ("gone", "http-4xx"),
    }
    assert all(poll.error for path, poll in by_path.items() if path != "comments/feed/")
    assert by_path["comments/feed/"].new == 1
    run = db.session.scalars(select(Run)).one()
    assert (run.due, run.done, run.reason) == (4, 4, "")
    assert run.ended_at is not None


def test_failing_feed_backs_off_and_recovers(context: Flask, server: BlogServer, course_id: int) -> None:
    with tools_of(context, server) as tools:
        server.set("/comments/feed/", status=503, headers={"Retry-After": "7200"})
        check(tools, NOW)
        state = db.session.scalars(select(FeedState)).one()
        assert (state.failures, state.failing_since) == (1, NOW)
        assert state.next_poll_at is not None
        assert state.next_poll_at >= NOW + timedelta(hours=2)
        due = check(tools, NOW + timedelta(hours=1), everything=False)
        assert (due.due, due.polls) == (0, [])
        show(server, item(1))
        check(tools, NOW + timedelta(hours=3))
    db.session.expire_all()
    state = db.session.scalars(select(FeedState)).one()
    assert (state.failures, state.failing_since, state.fully_checked_at) == (
        0,
        None,
        NOW + timedelta(hours=3),
    )


def test_run_of_another_machine_is_left_alone_until_its_lease_is_over(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    show(server, item(1))
    with tools_of(context, server) as tools:
        run = Run(trigger="test", started_at=NOW, due=1, owner="elsewhere/1:7:9", leased_until=NOW + LEASE)
        db.session.add(run)
        db.session.flush()
        db.session.execute(update(FeedState).values(lease_run_id=run.id, leased_until=NOW + LEASE))
        db.session.commit()
        held = check(tools, NOW + timedelta(minutes=14))
        freed = check(tools, NOW + timedelta(minutes=16))
    assert (held.run_id, held.polls) == (None, [])
    assert "running since Tue, Oct 13, 2:15 AM CDT, with 0 of 1 feeds done" in held.reason
    assert [poll.new for poll in freed.polls] == [1]


def test_full_window_that_shares_nothing_with_what_was_known_is_a_gap(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    with tools_of(context, server) as tools:
        show(server, *(item(n) for n in range(10, 0, -1)))
        check(tools, NOW)
        show(server, *(item(n) for n in range(30, 20, -1)))
        report = check(tools, NOW + NIGHT)
    assert [poll.gap for poll in report.polls] == [True]
    gap = db.session.scalars(select(Gap)).one()
    assert (gap.after_at, gap.before_at, gap.closed_at) == (NOW, NOW + NIGHT, None)


def test_feed_that_two_courses_follow_is_polled_once_and_matched_for_both(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    other = add_course(NOW, key="edt321")
    follow_feed(other, server.url("/comments/feed/"), now=NOW)
    enroll(course_id)
    enroll(other)
    show(server, item(1))
    with tools_of(context, server) as tools:
        report = check(tools, NOW)
    assert len(report.polls) == 1
    assert sorted(db.session.scalars(select(Linkage.course_id))) == [course_id, other]
    assert db.session.scalar(select(func.count()).select_from(Poll)) == 1


def test_post_that_a_comment_named_before_is_counted_when_its_own_feed_shows_it(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    posts = server.url("/feed/")
    follow_feed(course_id, posts, now=NOW, kind=FeedKind.POSTS)
    show(server, item(1))
    server.set("/feed/", status=503)
    shown = (
        "<item><title>A post</title><link>http://room.example/a-post-12/</link>"
        '<guid isPermaLink="false">http://room.example/?p=12</guid></item>'
    )
    with tools_of(context, server) as tools:
        check(tools, NOW)
        server.set("/feed/", feed(shown))
        report = check(tools, NOW + NIGHT, feed_url=posts)
    assert [(poll.entries, poll.stored, poll.new) for poll in report.polls] == [(1, 1, 0)]
    post = db.session.scalars(select(Post)).one()
    assert (post.title, post.is_stub) == ("A post", False)


def test_post_feed_of_a_followed_blog_is_that_blogs(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    show(server, item(1), item(2))
    server.set("/a-post-12/feed/", feed(item(2), item(3)))
    follow_feed(course_id, server.url("/a-post-12/feed/"), now=NOW, kind=FeedKind.POST_COMMENTS)
    with tools_of(context, server) as tools:
        check(tools, NOW)
    numbers = db.session.scalars(select(Comment.native_number).order_by(Comment.native_number)).all()
    assert numbers == ["1", "2", "3"]

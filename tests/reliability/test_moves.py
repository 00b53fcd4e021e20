"""F6: a feed that moved for good is followed on the second night; two blogs that are one are merged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.jobs.polling.test_poll import feed, item, tools_of
from tests.support.blog_server import BlogServer
from tests.support.term import add_course
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.polling.poll import run_poll
from tracker.models import Blog, BlogAddress, Comment, Feed, FeedAddress, Post, Subscription

NIGHT = timedelta(days=1)
FIRST = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
OLD, NEW = "http://room.example/comments/feed/", "http://newroom.example/comments/feed/"


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


def check(app: Flask, server: BlogServer, nights: int, since: int = 0) -> None:
    """Every feed, once a night."""
    with tools_of(app, server) as tools:
        for night in range(since, since + nights):
            at = FIRST + night * NIGHT
            run_poll(tools, lambda at=at: at, trigger="test", everything=True)  # type: ignore[misc]
    db.session.expire_all()


def addresses() -> list[str]:
    return list(db.session.scalars(select(Feed.url).where(Feed.ended_at.is_(None)).order_by(Feed.id)))


def numbers() -> list[str | None]:
    """The comments held, each once."""
    rows = db.session.scalars(
        select(Comment.native_number).where(Comment.merged_into_id.is_(None)).order_by(Comment.id)
    )
    return sorted(rows, key=int)  # type: ignore[arg-type]


def test_permanent_move_is_followed_on_the_second_night_and_remembered(
    context: Flask, server: BlogServer
) -> None:
    course_id = add_course(FIRST)
    follow_feed(course_id, OLD, now=FIRST)
    server.set("/comments/feed/", feed(item(1)), host="room.example")
    check(context, server, 1)
    server.redirect("/comments/feed/", NEW, host="room.example")
    server.set("/comments/feed/", feed(item(2), item(1)), host="newroom.example")
    check(context, server, 1, since=1)
    assert addresses() == [OLD]
    check(context, server, 1, since=2)
    assert addresses() == [NEW]
    assert db.session.scalars(select(FeedAddress.url)).all() == [OLD]
    keys = set(db.session.scalars(select(BlogAddress.key)))
    assert keys == {"room.example", "newroom.example"}
    assert numbers() == ["1", "2"]
    assert db.session.scalars(select(Blog.home_url)).one() == "http://newroom.example/"


@pytest.mark.parametrize("status", [302, 303, 307])
def test_move_for_now_is_never_followed(context: Flask, server: BlogServer, status: int) -> None:
    follow_feed(add_course(FIRST), OLD, now=FIRST)
    server.redirect("/comments/feed/", NEW, status=status, host="room.example")
    server.set("/comments/feed/", feed(item(1)), host="newroom.example")
    check(context, server, 4)
    assert addresses() == [OLD]
    assert numbers() == ["1"]


def test_move_to_an_address_without_a_feed_is_not_followed(context: Flask, server: BlogServer) -> None:
    """A parked domain sends every address to its page of advertisements."""
    follow_feed(add_course(FIRST), OLD, now=FIRST)
    server.redirect("/comments/feed/", "http://parked.example/", host="room.example")
    server.set("/", "<html><body>Buy this name</body></html>", host="parked.example")
    check(context, server, 4)
    assert addresses() == [OLD]


def test_one_night_in_a_captive_portal_moves_nothing(context: Flask, server: BlogServer) -> None:
    follow_feed(add_course(FIRST), OLD, now=FIRST)
    server.redirect("/comments/feed/", NEW, host="room.example")
    server.set("/comments/feed/", feed(item(1)), host="newroom.example")
    check(context, server, 1)
    server.set("/comments/feed/", feed(item(2), item(1)), host="room.example")
    check(context, server, 1, since=1)
    server.redirect("/comments/feed/", NEW, host="room.example")
    check(context, server, 1, since=2)
    assert addresses() == [OLD]


def test_move_onto_another_followed_blog_makes_them_one_without_losing_a_comment(
    context: Flask, server: BlogServer
) -> None:
    one, other = add_course(FIRST), add_course(FIRST, key="edt410", name="EDT 410")
    follow_feed(one, OLD, now=FIRST)
    follow_feed(other, NEW, now=FIRST)
    follow_feed(one, NEW, now=FIRST)
    server.set("/comments/feed/", feed(item(3), item(2), item(1)), host="room.example")
    server.set("/comments/feed/", feed(item(4), item(3)), host="newroom.example")
    check(context, server, 1)
    before = {row.native_number: row.first_seen_at for row in db.session.scalars(select(Comment))}
    server.redirect("/comments/feed/", NEW, host="room.example")
    server.set("/comments/feed/", feed(item(5), item(4), item(3)), host="newroom.example")
    check(context, server, 3, since=1)
    assert numbers() == ["1", "2", "3", "4", "5"]
    held = db.session.scalars(select(Comment).where(Comment.merged_into_id.is_(None))).all()
    assert len({row.blog_id for row in held}) == 1
    assert all(row.first_seen_at == before.get(row.native_number, row.first_seen_at) for row in held)
    assert addresses() == [NEW]
    standing = select(Subscription.course_id).where(Subscription.ended_at.is_(None))
    assert sorted(db.session.scalars(standing)) == [one, other]
    posts = db.session.scalars(select(Post).where(Post.merged_into_id.is_(None))).all()
    assert len({post.identity for post in posts}) == len(posts)
    lost = db.session.scalars(select(Blog).where(Blog.merged_into_id.is_not(None))).one()
    assert lost.merged_into_id == held[0].blog_id
    check(context, server, 1, since=4)
    assert numbers() == ["1", "2", "3", "4", "5"]


@pytest.mark.one_database
def test_feed_of_strangers_behind_a_permanent_redirect_is_neither_followed_nor_merged(
    context: Flask, server: BlogServer
) -> None:
    """A name that was given up leads to a parking page's feed, which numbers from 1 as well."""
    course_id = add_course(FIRST)
    for url in (OLD, NEW):
        follow_feed(course_id, url, now=FIRST)
    server.set("/comments/feed/", feed(item(2), item(1)), host="room.example")
    strange = [item(n, f"Buy {n}.", author="Parked Names", at=FIRST - NIGHT / 3) for n in (2, 1)]
    server.set("/comments/feed/", feed(*strange), host="newroom.example")
    check(context, server, 1)
    server.redirect("/comments/feed/", NEW, host="room.example")
    check(context, server, 3, since=1)
    assert addresses() == [OLD, NEW]
    assert db.session.scalars(select(Blog).where(Blog.merged_into_id.is_not(None))).all() == []
    old_blog = select(Feed.blog_id).where(Feed.url == OLD).scalar_subquery()
    held = select(Comment.author).where(Comment.merged_into_id.is_(None), Comment.blog_id == old_blog)
    assert list(db.session.scalars(held.order_by(Comment.id)))[:2] == ["Ida Vale", "Ida Vale"]


@pytest.mark.one_database
def test_move_of_a_feed_that_did_not_change_is_followed(context: Flask, server: BlogServer) -> None:
    follow_feed(add_course(FIRST), OLD, now=FIRST)
    server.set("/comments/feed/", feed(item(1)), host="room.example")
    server.set("/comments/feed/", feed(item(1)), host="newroom.example")
    check(context, server, 1)
    server.redirect("/comments/feed/", NEW, host="room.example")
    check(context, server, 2, since=1)
    assert addresses() == [NEW]


@pytest.mark.one_database
def test_blogs_that_are_one_keep_apart_comments_that_share_only_a_number(
    context: Flask, server: BlogServer
) -> None:
    course_id = add_course(FIRST)
    for url in (OLD, NEW):
        follow_feed(course_id, url, now=FIRST)
    server.set("/comments/feed/", feed(item(2), item(1)), host="room.example")
    other = item(1, "Quite another.", author="Bo Stone", at=FIRST - NIGHT / 3)
    server.set("/comments/feed/", feed(item(2), other), host="newroom.example")
    check(context, server, 1)
    server.redirect("/comments/feed/", NEW, host="room.example")
    check(context, server, 3, since=1)
    rows = db.session.scalars(select(Comment).where(Comment.merged_into_id.is_(None))).all()
    assert len({row.blog_id for row in rows}) == 1
    assert sorted((row.native_number, row.author) for row in rows) == [
        ("1", "Bo Stone"),
        ("1", "Ida Vale"),
        ("2", "Ida Vale"),
    ]

"""PRODUCT S0, the post this product began with, by each of its four ways."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.databases import SECRET
from tests.support.s0 import NOW, S0, make_s0_blog
from tests.support.term import add_course, add_students, tools_for
from tracker.demo.blogosphere.addresses import post_url
from tracker.demo.blogosphere.blogs import DemoPost
from tracker.demo.blogosphere.server import BlogosphereServer
from tracker.domain.act import Act
from tracker.domain.feed import FeedKind
from tracker.domain.typed_rule import TypedRule
from tracker.extensions import db
from tracker.jobs.assignments.assignments import create_assignment, import_allocations
from tracker.jobs.blogs.follow import follow, follow_feed
from tracker.jobs.polling.poll import run_poll
from tracker.models import Comment, Linkage
from tracker.queries.review.comments import load_comment_lines
from tracker.queries.status.course_status import course_status
from tracker.text.cleaning import clean, count_words, plain

WAYS = [
    pytest.param("/comments/feed/atom/", FeedKind.COMMENTS, id="site-feed-atom"),
    pytest.param("/comments/feed/", FeedKind.COMMENTS, id="site-feed-rss"),
    pytest.param("{post}feed/", FeedKind.POST_COMMENTS, id="post-feed-rss"),
    pytest.param("{post}feed/atom/", FeedKind.POST_COMMENTS, id="post-feed-atom"),
    pytest.param("/wp-json/wp/v2/comments?per_page=100", FeedKind.REST, id="rest"),
    pytest.param("{post}", FeedKind.PAGE, id="page"),
]


def _poll(app: Flask, s0: S0, server: BlogosphereServer, way: str, kind: FeedKind) -> int:
    course_id = add_course(NOW)
    add_students(course_id, [s0.student], SECRET, NOW)
    post = s0.comments[0].post
    path = way.format(post=_path(s0, post))
    follow_feed(course_id, s0.blog.home_url.rstrip("/") + path, now=NOW, kind=kind)
    with tools_for(app, server) as tools:
        report = run_poll(tools, lambda: NOW, trigger="test", everything=True)
    assert [poll.error for poll in report.polls] == [""]
    return course_id


def _path(s0: S0, post: DemoPost) -> str:
    return "/" + post_url(s0.blog, post).removeprefix(s0.blog.home_url)


@pytest.mark.parametrize(("way", "kind"), WAYS)
def test_both_comments_are_the_students_and_the_educators_is_nobodys(
    context: Flask, way: str, kind: FeedKind
) -> None:
    with BlogosphereServer() as server:
        s0 = make_s0_blog(port=server.port)
        server.show(s0.blogosphere)
        course_id = _poll(context, s0, server, way, kind)
    lines = {line.permalink.partition("#")[2]: line for line in load_comment_lines(db.session(), course_id)}
    assert {anchor: (line.decision, line.student_id) for anchor, line in lines.items()} == {
        "comment-7478": ("ignore", None),
        "comment-7480": ("accept", "s0001"),
        "comment-7491": ("accept", "s0001"),
    }
    kinds = {anchor: {one["kind"] for one in line.evidence} for anchor, line in lines.items()}
    assert "tail" in kinds["comment-7480"]
    assert "tail" in kinds["comment-7491"]
    assert len({line.post for line in lines.values()}) == 1


def test_the_four_ways_lead_to_the_same_three_rows(context: Flask) -> None:
    course_id = add_course(NOW)
    with BlogosphereServer() as server, tools_for(context, server) as tools:
        s0 = make_s0_blog(port=server.port)
        server.show(s0.blogosphere)
        add_students(course_id, [s0.student], SECRET, NOW)
        for way, kind in (param.values for param in WAYS):
            path = str(way).format(post=_path(s0, s0.comments[0].post))
            follow_feed(course_id, s0.blog.home_url.rstrip("/") + path, now=NOW, kind=kind)  # type: ignore[arg-type]
        first = run_poll(tools, lambda: NOW, trigger="test", everything=True)
        again = run_poll(tools, lambda: NOW + timedelta(hours=1), trigger="test", everything=True)
    assert not first.failed
    assert again.new == 0
    comments = db.session.scalars(select(Comment).where(Comment.merged_into_id.is_(None))).all()
    assert sorted(comment.native_number or "" for comment in comments) == ["7478", "7480", "7491"]
    assert {comment.author_url for comment in comments} >= {s0.class_blog.home_url}
    assert db.session.query(Linkage).count() == 3


@pytest.mark.parametrize(("way", "kind"), WAYS)
def test_both_lie_on_one_post_so_one_is_found_and_one_is_not_yet(
    context: Flask, way: str, kind: FeedKind
) -> None:
    """The whole of S0: two comments on two posts are asked, and a summary on the class blog."""
    with BlogosphereServer() as server, tools_for(context, server) as tools:
        s0 = make_s0_blog(port=server.port)
        server.show(s0.blogosphere)
        course_id = add_course(NOW)
        add_students(course_id, [s0.student], SECRET, NOW)
        path = way.format(post=_path(s0, s0.comments[0].post))
        follow_feed(course_id, s0.blog.home_url.rstrip("/") + path, now=NOW, kind=kind)
        follow(course_id, s0.class_blog.home_url, now=NOW, tools=tools, role="class-blog")
        form = TypedRule("C4T #1", opens="2026-10-01", comments_due="2026-10-18", summary_due="2026-10-19")
        create_assignment(course_id, "c4t-1", form, Act(NOW))
        given = f"blog_url,student_id,round\n{s0.blog.home_url},s0001,1\n"
        import_allocations(course_id, given, Act(NOW))
        report = run_poll(tools, lambda: NOW, trigger="test", everything=True)
    assert not report.failed
    [status] = course_status(course_id, NOW)
    found = {one.requirement: (one.state.value, one.permalink) for one in status.requirements}
    assert found["comment-1"][0] == "met"
    assert found["comment-1"][1].endswith("#comment-7480")
    assert found["comment-2"][0] == "not_found_yet"
    assert found["summary"][0] == "met"
    assert status.companion_post.endswith("c4t-1-summary-post.html")
    assert [one.reason for one in status.not_counted] == ["same-post"]


def test_tails_and_the_twitter_line_count_no_words() -> None:
    educator, first, _ = make_s0_blog().comments
    for comment, tail in ((educator, "Twitter"), (first, "last blog post")):
        own = "\n".join(clean(comment.html).paragraphs)
        assert tail in comment.html
        assert tail not in own
        assert count_words(own) < count_words(plain(comment.html))

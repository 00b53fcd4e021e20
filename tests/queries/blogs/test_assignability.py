"""The report on whether a blog can be assigned, read off rows."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.support import factories as make
from tests.support.queries import counted_queries
from tracker.domain.blog import Advice
from tracker.extensions import db
from tracker.models import Poll, Run
from tracker.queries.blogs.assignability import load_reports

DAY = timedelta(days=1)


def test_facts_are_read_off_the_rows(context: Flask) -> None:
    course, blog = make.add_course(), make.add_blog()
    make.follow(course, blog)
    feed = make.add_feed(blog, rest_url="http://x.example/wp-json/")
    make.add_feed(blog, "posts")
    run = Run(trigger="timer", started_at=make.NOW)
    db.session.add(run)
    db.session.flush()
    db.session.add(Poll(run_id=run.id, feed_id=feed.id, at=make.NOW, outcome="ok", entries=10, new=2))
    post = make.add_post(blog, comments_url=f"{blog.home_url}a/feed/", posted_at=make.NOW - DAY)
    make.add_post(blog, posted_at=make.NOW - 2 * DAY)
    for number in range(6):
        late = number < 2
        make.add_comment(post, last_check_before=make.DUE if late else make.DUE - 5 * DAY)
    make.add_comment(post, kind="pingback", last_check_before=make.DUE)
    report = load_reports(db.session(), course.id, {blog.id}, make.NOW)[blog.id]
    lines = dict(report.lines)
    assert (report.judged.advice, report.word) == (Advice.CARE, "Assign with care")
    assert lines["Last post"].startswith("1 day ago")
    assert lines["Comments"] == "open on 1 of its newest 2 posts"
    assert lines["Moderated"].startswith("yes: 2 of 6 comments")
    assert (lines["Feed"], lines["Per week"]) == ("shows its newest 10", "about 2 comments")
    assert "REST" in lines["We check"]


def test_number_of_questions_does_not_grow_with_the_blogs(context: Flask) -> None:
    course = make.add_course()

    def count(blogs: int) -> int:
        ids = set()
        for _ in range(blogs):
            blog = make.add_blog()
            make.follow(course, blog)
            make.add_feed(blog)
            make.add_comment(make.add_post(blog))
            ids.add(blog.id)
        db.session.commit()
        with counted_queries() as sent:
            assert len(load_reports(db.session(), course.id, ids, make.NOW)) == blogs
        return len(sent)

    assert count(2) == count(9) <= 9

"""Can a blog be given to students? Judged on plain facts, then on rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.queries import counted_queries
from tracker.domain.feed import FeedKind, Platform
from tracker.domain.locale import CourseLocale
from tracker.extensions import db
from tracker.models import Poll, Run
from tracker.queries.blogs.assignability import Advice, BlogFacts, assess
from tracker.queries.blogs.assignability_facts import load_reports
from tracker.queries.blogs.blog_health import Health, Sight

NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
DAY = timedelta(days=1)
GOOD = BlogFacts(
    1,
    Platform.WORDPRESS,
    kinds=frozenset({FeedKind.COMMENTS, FeedKind.POSTS}),
    has_rest=True,
    window=10,
    last_post_at=NOW - 3 * DAY,
    posts=12,
    posts_lately=5,
    open_lately=4,
    open_ever=True,
    comments=40,
    comments_lately=20,
    timed=30,
)


@pytest.mark.parametrize(
    ("changed", "advice", "why"),
    [
        pytest.param({}, Advice.GOOD, "", id="good"),
        pytest.param({"opted_out_at": NOW}, Advice.NO, "Its owner asked us on Oct 26", id="opted out"),
        pytest.param({"is_gone": True}, Advice.NO, "gone for good", id="gone"),
        pytest.param(
            {"health": Health(Sight.TROUBLE, "Does not answer", "since Oct 20, 2:15 AM")},
            Advice.NO,
            "It does not answer, since Oct 20, 2:15 AM.",
            id="no answer for nights",
        ),
        pytest.param({"open_lately": 0, "comments_lately": 0}, Advice.NO, "take no comments", id="closed"),
        pytest.param({"open_lately": 0, "open_ever": False}, Advice.GOOD, "", id="does not say"),
        pytest.param({"open_lately": 0}, Advice.GOOD, "", id="comments came all the same"),
        pytest.param({"last_post_at": NOW - 400 * DAY}, Advice.NO, "Its last post is of", id="asleep"),
        pytest.param({"last_post_at": NOW - 90 * DAY}, Advice.CARE, "No new post since", id="quiet"),
        pytest.param({"last_post_at": None, "posts": 0}, Advice.CARE, "no post of it yet", id="no post"),
        pytest.param({"posts": 1}, Advice.CARE, "two comments need two posts", id="one post"),
        pytest.param(
            {"kinds": frozenset({FeedKind.POSTS})}, Advice.CARE, "need receipts", id="no comment feed"
        ),
        pytest.param(
            {"health": Health(Sight.WAITING, "Not looked at yet")},
            Advice.WAIT,
            "not looked at it yet",
            id="new",
        ),
        pytest.param(
            {"health": Health(Sight.PARTLY, "No answer last time", "since Oct 26, 2:15 AM")},
            Advice.CARE,
            "No answer last time",
            id="no answer once",
        ),
        pytest.param(
            {"health": Health(Sight.TROUBLE, "Gap, 3 unseen", "since Oct 25, 2:15 AM")},
            Advice.CARE,
            "some comments could not be seen",
            id="gap",
        ),
        pytest.param({"late": 2}, Advice.CARE, "lets comments through by hand", id="moderated"),
        pytest.param({"late": 1}, Advice.GOOD, "", id="one late is perhaps a clock"),
        pytest.param(
            {"platform": Platform.GENERIC, "has_rest": False, "comments_lately": 80},
            Advice.CARE,
            "About 20 a week pass through a feed of 10",
            id="tight window",
        ),
        pytest.param({"comments_lately": 80}, Advice.GOOD, "", id="tight window with other ways"),
    ],
)
def test_one_word_says_whether_to_assign(changed: dict[str, object], advice: Advice, why: str) -> None:
    report = assess(replace(GOOD, **changed), NOW, LOCALE)  # type: ignore[arg-type]
    assert report.advice is advice
    assert why in " ".join(report.why)
    assert bool(report.why) is (advice is not Advice.GOOD)
    assert all(says for _, says in report.lines)


def test_report_says_in_words_what_was_seen() -> None:
    lines = dict(assess(replace(GOOD, late=3), NOW, LOCALE).lines)
    assert lines == {
        "Answers": "yes",
        "Last post": "3 days ago, Oct 23, 2026",
        "Comments": "open on 4 of its newest 5 posts",
        "A week": "about 5 comments",
        "Moderated": "yes: 3 of 30 comments came public after a look that should have shown it",
        "Feed": "its newest 10 at most",
        "We see": "a feed of all comments; REST, which goes back to the start of term;"
        " each post’s own feed when the other is not enough",
    }


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
        make.add_comment(post, last_look_before=make.DUE if late else make.DUE - 5 * DAY)
    make.add_comment(post, kind="pingback", last_look_before=make.DUE)
    report = load_reports(db.session(), course.id, {blog.id}, make.NOW)[blog.id]
    lines = dict(report.lines)
    assert report.advice is Advice.CARE
    assert lines["Last post"].startswith("1 day ago")
    assert lines["Comments"] == "open on 1 of its newest 2 posts"
    assert lines["Moderated"].startswith("yes: 2 of 6 comments")
    assert (lines["Feed"], lines["A week"]) == ("its newest 10 at most", "about 2 comments")
    assert "REST" in lines["We see"]


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

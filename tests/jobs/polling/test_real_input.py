"""Real documents from address to row: what one run keeps of each, and that nothing goes missing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.jobs.polling.real_input_table import (
    FOLDER,
    NOW,
    TABLE,
    load_samples,
    measure,
    numbers_in_raw,
    render,
    serving,
)
from tests.support.term import add_course
from tracker.domain.errors import DiscoveryError
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow
from tracker.jobs.polling.poll import run_poll
from tracker.models import Comment, Feed

SAMPLES = load_samples()

pytestmark = [
    pytest.mark.real_input,
    pytest.mark.one_database,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder of real documents is not beside the project"),
]


def test_one_run_keeps_every_entry_and_the_table_in_the_docs_says_so(context: Flask) -> None:
    rows = measure(context, SAMPLES)
    short = [row for row in rows if row.accounted_for != row.entries and not row.trouble]
    assert short == []
    well_known = {sample.name for sample in SAMPLES if sample.is_well_known}
    assert [row for row in rows if row.name in well_known and (row.trouble or row.skipped)] == []
    assert render(rows) == TABLE.read_text(encoding="utf-8"), "python -m tests.jobs.polling.real_input_table"


@pytest.mark.parametrize(
    ("page", "kinds", "platform"),
    [
        pytest.param(
            "wp-infokueche-post.html", ["comments", "posts"], "wordpress", id="post-with-both-feeds"
        ),
        pytest.param("wp-netapp-ru-1369.html", ["comments", "posts"], "wordpress", id="old-wordpress"),
        pytest.param("wp-whizzy-promini.html", ["comments"], "wordpress", id="no-feed-of-posts"),
    ],
)
def test_whole_blog_is_followed_from_one_of_its_pages(
    context: Flask, page: str, kinds: list[str], platform: str
) -> None:
    course_id = add_course(NOW)
    start = next(sample for sample in SAMPLES if sample.name == f"html-pages/{page}")
    with serving(context, SAMPLES) as tools:
        report = follow(course_id, start.url, now=NOW, tools=tools)
        run = run_poll(tools, lambda: NOW, trigger="test", everything=True)
    assert (sorted(kind for kind, _url in report.feeds), report.platform) == (kinds, platform)
    assert [poll.error for poll in run.polls] == [""] * len(kinds)
    feeds = db.session.scalars(select(Feed.url).where(Feed.kind == "comments"))
    urls = {url.rstrip("/") for url in feeds}
    shown = {n for sample in SAMPLES if sample.url.rstrip("/") in urls for n in numbers_in_raw(sample)}
    kept = set(db.session.scalars(select(Comment.native_number)))
    assert shown
    assert shown <= kept


def test_page_of_a_blog_that_answers_nothing_else_is_refused_with_a_sentence(context: Flask) -> None:
    course_id = add_course(NOW)
    start = next(sample for sample in SAMPLES if sample.name == "html-pages/blogger-lafuite-home.html")
    with serving(context, [start]) as tools, pytest.raises(DiscoveryError, match=r"No feed was found.*\."):
        follow(course_id, start.url, now=NOW, tools=tools)
    assert db.session.scalar(select(func.count()).select_from(Feed)) == 0

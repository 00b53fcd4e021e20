"""Checks that found nothing new are stored many at once, and come to the same as one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect

from tests.support.shown import NOW, run
from tests.support.term import add_course
from tracker.domain.feed import Document, Entry, EntryKind, FeedKind, PollOutcome, Source, Validators
from tracker.domain.known import Coverage
from tracker.extensions import db
from tracker.feeds.poll_target import Missed, PollResult, PollTarget
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.polling.store_poll import RunState, is_unchanged, store_result, store_unchanged
from tracker.jobs.transaction import write_transaction
from tracker.models import Feed, FeedState, Poll

__all__ = ["run"]  # a fixture

LATER = NOW + timedelta(hours=7)
URLS = {
    "wordpress": "http://{}.wordpress.com/comments/feed/",
    "blogger": "http://{}.blogspot.com/feeds/comments/default",
    "generic": "http://{}.example/comments.xml",
}
TARGET = PollTarget(feed_id=1, kind=FeedKind.COMMENTS, url="http://room.example/")


def first_result(target: PollTarget) -> PollResult:
    entry = Entry(EntryKind.COMMENT, Source.RSS, guid="g-1", author="Ida Vale", html="One.")
    document = Document(FeedKind.COMMENTS, Source.RSS, (entry,))
    return PollResult(target, PollOutcome.OK, primary=document, http_status=200, window_full=True)


def unchanged_result(target: PollTarget, outcome: PollOutcome) -> PollResult:
    status = 304 if outcome is PollOutcome.NOT_MODIFIED else 200
    return PollResult(
        target,
        outcome,
        http_status=status,
        validators=Validators('"e"', "Tue, 13 Oct 2026 07:00:00 GMT"),
        body_hash="b" * 64,
        seconds=0.25,
        conditional=outcome is PollOutcome.NOT_MODIFIED,
    )


def follow(course_id: int, names: tuple[str, ...]) -> list[PollTarget]:
    for name in names:
        for url in URLS.values():
            follow_feed(course_id, url.format(name), now=NOW)
    feeds = db.session.query(Feed).order_by(Feed.id).all()
    return [PollTarget(feed_id=feed.id, kind=FeedKind.COMMENTS, url=feed.url) for feed in feeds]


def remembered(row: Any, without: set[str]) -> dict[str, Any]:
    return {
        column.key: getattr(row, column.key)
        for column in inspect(row).mapper.column_attrs
        if column.key not in without
    }


@pytest.mark.parametrize("outcome", [PollOutcome.OK, PollOutcome.NOT_MODIFIED])
def test_unchanged_checks_stored_together_are_as_if_stored_one_by_one(
    run: RunState, outcome: PollOutcome
) -> None:
    targets = follow(add_course(NOW), ("one", "two"))
    alone, together = targets[:3], targets[3:]
    for target in targets:
        with write_transaction() as session:
            store_result(session, run, first_result(target), NOW)
    with write_transaction() as session:
        one_by_one = [
            store_result(session, run, unchanged_result(target, outcome), LATER) for target in alone
        ]
    with write_transaction() as session:
        checks = [unchanged_result(target, outcome) for target in together]
        at_once = store_unchanged(session, run, checks, LATER)
    for one, other in zip(alone, together, strict=True):
        states = [db.session.get_one(FeedState, target.feed_id) for target in (one, other)]
        assert remembered(states[0], {"feed_id"}) == remembered(states[1], {"feed_id"})
        polls = [
            db.session.query(Poll).filter_by(feed_id=target.feed_id, at=LATER).one()
            for target in (one, other)
        ]
        assert remembered(polls[0], {"id", "feed_id"}) == remembered(polls[1], {"id", "feed_id"})
    assert [report.outcome for report in at_once] == [report.outcome for report in one_by_one]
    assert [report.stored for report in at_once] == [report.stored for report in one_by_one]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"primary": first_result(TARGET).primary}, id="entries"),
        pytest.param({"missed": Missed("overflow")}, id="something missed"),
        pytest.param({"caught_up": "REST"}, id="caught up"),
        pytest.param({"coverages": (Coverage(frozenset()),)}, id="a place read whole"),
        pytest.param({"moved_to": "http://elsewhere.example/feed"}, id="moved"),
        pytest.param({"outcome": PollOutcome.ERROR}, id="failed"),
    ],
)
def test_look_with_anything_to_tell_is_stored_by_itself(more: dict[str, Any]) -> None:
    check = PollResult(**{"target": TARGET, "outcome": PollOutcome.OK, **more})
    assert not is_unchanged(check)
    assert is_unchanged(PollResult(TARGET, PollOutcome.NOT_MODIFIED))

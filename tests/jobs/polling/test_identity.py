"""One number is not one comment: blogs are set up again, and pages that park names answer for many."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.support.shown import BO, HOME, IDA, NIGHT, NOW, Nights, held, nights, run, stated
from tracker.domain.feed import Entry, EntryKind, StatedTime, TimeBasis
from tracker.extensions import db
from tracker.jobs.polling.store_poll import RunState
from tracker.models import Comment, CommentVersion, Gap

__all__ = ["nights", "run"]  # fixtures

pytestmark = pytest.mark.one_database


def writers() -> list[str]:
    return [row.author for row in held()]


def texts(comment: Comment) -> list[str | None]:
    rows = select(CommentVersion.text).where(CommentVersion.comment_id == comment.id)
    return list(db.session.scalars(rows.order_by(CommentVersion.n)))


def test_number_that_a_new_blog_gives_again_is_another_comment(nights: Nights) -> None:
    nights.show(IDA)
    report = nights.show(BO)
    assert (report.new, report.edited) == (1, 0)
    assert writers() == ["Ida Vale", "Bo Stone"]
    assert [texts(row) for row in held()] == [[IDA.html], [BO.html]]
    assert nights.show(BO).new == 0


def test_second_comment_of_one_writer_under_the_same_number_is_kept_beside_the_first(nights: Nights) -> None:
    nights.show(IDA)
    assert nights.show(replace(BO, author=IDA.author)).new == 1
    assert len(held()) == 2


def test_comment_under_a_number_given_twice_can_still_be_edited(nights: Nights) -> None:
    nights.show(IDA)
    nights.show(BO)
    report = nights.show(replace(BO, html="<p>Try it with paper.</p>"))
    assert (report.new, report.edited) == (0, 1)
    assert [len(texts(row)) for row in held()] == [1, 2]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(replace(IDA, html="<p>Said better.</p>"), id="edited"),
        pytest.param(replace(IDA, author="Ida V."), id="another name for the writer"),
        pytest.param(replace(IDA, posted=stated(NOW)), id="date corrected"),
        pytest.param(replace(IDA, html="<p>Said better.</p>", posted=StatedTime()), id="edited, undated"),
        pytest.param(
            replace(IDA, html="<p>Better.</p>", posted=stated(NOW - NIGHT - NIGHT / 4, TimeBasis.NAIVE)),
            id="edited, on a page with its own clock",
        ),
        pytest.param(
            replace(IDA, kind=EntryKind.TOMBSTONE, author="", html="Removed."), id="removed by its writer"
        ),
    ],
)
def test_comment_that_agrees_with_its_number_stays_one(nights: Nights, later: Entry) -> None:
    nights.show(IDA)
    assert nights.show(later).new == 0
    assert len(held()) == 1


def test_number_without_anything_that_agrees_is_another_comment(nights: Nights) -> None:
    nights.show(replace(IDA, posted=StatedTime()))
    assert nights.show(replace(BO, posted=StatedTime())).new == 1


def test_guid_that_is_never_given_twice_is_enough(nights: Nights) -> None:
    guid = "tag:blogger.com,1999:blog-11.post-7"
    nights.show(replace(IDA, guid=guid))
    assert nights.show(replace(BO, guid=guid)).new == 0


def test_order_in_which_the_old_and_the_new_come_decides_nothing(run: RunState) -> None:
    one, other = Nights(run), Nights(run, f"{HOME.replace('room', 'hall')}/comments/feed/")
    one.show(IDA)
    one.show(BO)
    other.show(BO)
    other.show(IDA)
    by_blog: dict[int, set[tuple[str, str]]] = {}
    for row in held():
        by_blog.setdefault(row.blog_id, set()).add((row.author, row.identity))
    first, second = by_blog.values()
    assert len(first) == 2
    assert {author for author, _ in first} == {author for author, _ in second}


def window(*, author: str, at: datetime) -> list[Entry]:
    """A full window of comments; all have the numbers 1 to 10."""
    return [
        replace(
            IDA,
            guid=f"{HOME}/?p=12#comment-{number}",
            link=f"{HOME}/a-post/#comment-{number}",
            author=author,
            html=f"<p>{author} says {number}.</p>",
            posted=stated(at + timedelta(minutes=number)),
            native_number=str(number),
        )
        for number in range(1, 11)
    ]


OLD_WINDOW = window(author="Ida Vale", at=NOW - NIGHT)


@pytest.mark.parametrize(
    ("shown", "more", "gaps"),
    [
        pytest.param(window(author="Bo Stone", at=NOW + NIGHT / 2), {}, 1, id="all are others"),
        pytest.param(
            [*window(author="Bo Stone", at=NOW + NIGHT / 2)[1:], OLD_WINDOW[0]], {}, 0, id="one is known"
        ),
        pytest.param(window(author="Bo Stone", at=NOW + NIGHT / 2)[:4], {}, 0, id="the window is not full"),
        pytest.param(
            window(author="Bo Stone", at=NOW + NIGHT / 2), {"also_read": ("REST",)}, 0, id="read elsewhere"
        ),
        pytest.param(OLD_WINDOW, {}, 0, id="nothing new"),
    ],
)
def test_full_window_that_shares_only_numbers_with_what_was_known_is_a_gap(
    nights: Nights, shown: list[Entry], more: dict[str, object], gaps: int
) -> None:
    nights.show(*OLD_WINDOW)
    report = nights.show(*shown, **more)
    assert db.session.query(Gap).count() == gaps
    assert report.gap == bool(gaps)

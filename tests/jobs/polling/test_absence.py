"""What a whole reading did not show is missing; what it says of other posts proves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.shown import BO, HOME, IDA, Nights, held, nights, run
from tracker.domain.feed import Document, Entry, FeedKind, Platform, Source
from tracker.domain.known import Coverage
from tracker.feeds.identity import keys_in, post_keys

__all__ = ["nights", "run"]  # fixtures

pytestmark = pytest.mark.one_database

ELSEWHERE = replace(
    BO,
    guid=f"{HOME}/?p=90#comment-8",
    link=f"{HOME}/welcome/#comment-8",
    native_number="8",
    reply_to=(f"{HOME}/?p=90", f"{HOME}/welcome/"),
)


def read_whole(*shown: Entry) -> Coverage:
    """The post of IDA, read whole, showed these comments."""
    document = Document(FeedKind.POST_COMMENTS, Source.PAGE, shown, platform=Platform.WORDPRESS)
    keys = frozenset(f"{key.kind}:{key.key}" for ref in IDA.reply_to for key in post_keys(ref))
    return Coverage(keys_in([document]), keys)


def missing() -> list[str]:
    return [row.author for row in held() if row.missed_at is not None]


def test_page_that_led_to_another_post_makes_nothing_missing(nights: Nights) -> None:
    nights.show(IDA)
    nights.show(ELSEWHERE, coverages=(read_whole(ELSEWHERE),))
    assert missing() == []
    nights.show(ELSEWHERE, coverages=(read_whole(),))
    assert missing() == ["Ida Vale"], "an empty page of its own does"


def test_comment_whose_number_a_new_blog_gave_again_goes_missing(nights: Nights) -> None:
    nights.show(IDA)
    nights.show(BO)
    nights.show(BO, coverages=(read_whole(BO),))
    assert missing() == ["Ida Vale"]


def test_twins_that_nothing_tells_apart_are_not_missing(nights: Nights) -> None:
    twin = replace(IDA, native_number="", guid="", link=f"{HOME}/a-post/")
    nights.show(twin, replace(twin, author="Bo Stone", posted=BO.posted), twin)
    nights.show(twin, coverages=(read_whole(twin, twin),))
    assert "Ida Vale" not in missing()


def test_id_of_another_kind_shows_no_comment(nights: Nights) -> None:
    nights.show(IDA)
    other = read_whole()
    nights.show(BO, coverages=(replace(other, keys=frozenset({"guid:7"})),))
    assert missing() == ["Ida Vale"]


def test_post_read_whole_from_an_instant_on_proves_nothing_of_what_is_older(nights: Nights) -> None:
    """As REST reads the posts beside a protected one: since the term began."""
    nights.show(IDA)
    assert IDA.posted.at is not None
    later = replace(read_whole(BO), since=IDA.posted.at + timedelta(days=2))
    nights.show(BO, coverages=(later,))
    assert missing() == []
    nights.show(BO, coverages=(replace(later, since=IDA.posted.at - timedelta(days=2)),))
    assert missing() == ["Ida Vale"]

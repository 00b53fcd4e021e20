"""Every code about blogs has its words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.locale import CourseLocale
from tracker.domain.reason import Param, Reason, instant_param
from tracker.feeds.assignability import Advice, AdviceCode, FactCode
from tracker.feeds.blog_health import HealthCode, HealthLevel, NightMark
from tracker.wording import blogs as words

CHICAGO = CourseLocale(ZoneInfo("America/Chicago"))
SINCE = instant_param(datetime(2026, 10, 20, 7, 15, tzinfo=UTC))
NOW = instant_param(datetime(2026, 10, 26, 13, 0, tzinfo=UTC))
ALL: dict[str, Param] = {
    "since": SINCE, "on": SINCE, "now": NOW, "unseen": 3, "a_week": 20, "window": 10, "open": 4, "posts": 5,
    "comments": 30, "late": 3, "ways": ["feed", "rest", "post-feeds-if-needed"],
}  # fmt: skip
"""Every parameter that any of these sentences takes up."""


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("fine"), ("Fine", "")),
        (Reason("no-comment-feed"), ("No comment feed", "receipts and pages only")),
        (Reason("opted-out", {"since": SINCE}), ("Owner opted out", "since Oct 20, 2:15 AM; receipts only")),
        (Reason("no-answer", {"since": SINCE}), ("Hasn’t responded", "since Oct 20, 2:15 AM")),
        (Reason("gap", {"since": SINCE, "unseen": 3}), ("Gap, 3 unseen", "since Oct 20, 2:15 AM")),
        (Reason("gap", {"since": SINCE, "unseen": None}), ("Gap", "since Oct 20, 2:15 AM")),
    ],
)
def test_health_is_a_word_and_since_when(reason: Reason, said: tuple[str, str]) -> None:
    assert words.say_health(reason, CHICAGO) == said


@pytest.mark.parametrize("code", HealthCode)
def test_every_health_has_a_word(code: HealthCode) -> None:
    assert words.say_health(Reason(code, ALL), CHICAGO)[0]


@pytest.mark.parametrize(
    "code", [*AdviceCode, HealthCode.NO_ANSWER, HealthCode.NO_ANSWER_ONCE, HealthCode.GONE, HealthCode.GAP]
)
def test_every_reason_is_a_sentence(code: str) -> None:
    said = words.say_reason(Reason(code, ALL), CHICAGO)
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize("code", FactCode)
def test_every_fact_has_a_topic_and_something_to_say(code: FactCode) -> None:
    assert all(words.say_fact(Reason(code, ALL), CHICAGO))


def test_levels_marks_and_advice_all_have_words() -> None:
    assert set(words.BOARD) == set(HealthLevel)
    assert set(words.NIGHTS) == set(NightMark)
    assert set(words.ADVICE) == set(Advice)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("owner-opted-out", "Its owner asked us on Oct 20 not to check it."),
        ("asleep", "Its last post is of Oct 20, 2026."),
        ("no-answer", "It hasn’t responded since Oct 20, 2:15 AM."),
        ("gap", "Gap, 3 unseen, since Oct 20, 2:15 AM: some comments could not be seen."),
        (
            "tight-window",
            "About 20 a week pass through a feed of 10, with no other way to those it drops.",
        ),
    ],
)
def test_reasons_take_up_their_numbers_and_times(code: str, said: str) -> None:
    assert words.say_reason(Reason(code, ALL), CHICAGO) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("last-post", ("Last post", "6 days ago, Oct 20, 2026")),
        ("comments-open", ("Comments", "open on 4 of its newest 5 posts")),
        ("a-week", ("A week", "about 30 comments")),
        ("answers-not", ("Answers", "no, since Oct 20, 2:15 AM")),
        (
            "moderated",
            ("Moderated", "yes: 3 of 30 comments came public after a check that should have shown it"),
        ),
        (
            "ways",
            (
                "We see",
                "a feed of all comments; REST, which goes back to the start of term;"
                " each post’s own feed when the other is not enough",
            ),
        ),
    ],
)
def test_facts_take_up_their_numbers_and_times(code: str, said: tuple[str, str]) -> None:
    assert words.say_fact(Reason(code, ALL), CHICAGO) == said


def test_nights_are_said_in_runs() -> None:
    said = words.say_nights((NightMark.NEW, NightMark.NEW, NightMark.FAILED))
    assert said == "Last 3 nights, oldest first: 2 something new, 1 no answer."


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 0), "No blogs yet."),
        ((0, 0, 0, 1), "1 blog. It is fine."),
        ((0, 0, 0, 3), "3 blogs. All are fine."),
        (
            (2, 1, 1, 85),
            "89 blogs. 85 are fine; 2 are in trouble; 1 can be seen only in part; 1 waits for a first check.",
        ),
    ],
)
def test_all_blogs_are_counted_in_a_sentence(counts: tuple[int, ...], said: str) -> None:
    assert words.say_board(dict(zip(("trouble", "partly", "waiting", "fine"), counts, strict=True))) == said

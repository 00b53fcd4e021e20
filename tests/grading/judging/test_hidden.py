"""Work whose text its blog has never shown: nobody can say what it is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.grading.cases import (
    AFTERWARDS,
    BLOG,
    COMMENTS_ONLY,
    DUE,
    PHRASING,
    TERMS,
    by_key,
    change,
    comment,
    facts,
    judge,
    november,
    october,
    post,
    sentence,
    states,
)
from tracker.domain.assignment import REQUIRED, Condition
from tracker.domain.grade import CommentFact
from tracker.domain.traits import Trait
from tracker.grading.split_comments import join_parts
from tracker.wording.verdicts import say_to_student

STRICT = change(COMMENTS_ONLY, conditions=(Condition(Trait.WORDS, 50, REQUIRED),))


def hidden(number: int, day: int, **changes: object) -> CommentFact:
    return comment(number, october(day), words=0, text_hash="", is_hidden=True, **changes)  # type: ignore[arg-type]


def test_hidden_comment_cannot_be_seen_and_is_never_not_counted() -> None:
    judgment = judge(facts(comment(1, october(16)), hidden(2, 17)))
    assert states(judgment) == ["met", "cannot_see"]
    assert judgment.not_counted == ()
    verdict = judgment.verdicts[1]
    assert (verdict.reason, verdict.comment_id) == ("text-hidden", 2)
    assert sentence(verdict).startswith(
        "Found, Sat, Oct 17, 12:00 PM CDT, but “Kia Ora, Room Nine” hides its"
    )
    assert say_to_student(verdict, PHRASING).startswith("Your comment is there, but the blog does not show")


@pytest.mark.parametrize("conditions", [(), COMMENTS_ONLY.parts[0].conditions])
def test_it_cannot_be_seen_whatever_the_rule_asks_of_a_text(conditions: tuple[object, ...]) -> None:
    terms = change(COMMENTS_ONLY, conditions=conditions)
    assert states(judge(facts(hidden(1, 16), hidden(2, 17)), terms=terms)) == ["cannot_see", "cannot_see"]


def test_it_comes_before_one_that_is_too_short_and_after_two_that_count() -> None:
    short = comment(1, october(14), words=9)
    one = facts(short, hidden(2, 17), comment(3, october(18)))
    assert states(judge(one, terms=STRICT)) == ["met", "cannot_see"]
    two = (comment(3, october(18)), comment(4, october(19)))
    assert states(judge(facts(short, hidden(2, 17), *two), terms=STRICT)) == ["met", "met"]


def test_it_is_said_before_the_due_time_too() -> None:
    assert states(judge(facts(hidden(1, 14)), as_of=october(15))) == ["cannot_see", "not_due"]


def test_it_stands_aside_where_no_text_could_help() -> None:
    """On another blog, before the opening, on the post of one that counts."""
    elsewhere, early = hidden(1, 16, blog_id=BLOG + 70), hidden(2, 3)
    beside = hidden(3, 17, post_key="post-9")
    found = judge(facts(elsewhere, early, beside, comment(9, october(18))))
    assert states(found) == ["met", "not_found_yet"]


def test_undecided_hidden_comment_is_not_called_missing() -> None:
    assert states(judge(facts(hidden(1, 16, undecided=True))))[0] == "cannot_see"


def test_hidden_part_of_a_split_comment_hides_only_what_is_lacking() -> None:
    short, whole = comment(1, october(16), words=30), comment(1, october(16), words=70)
    part = hidden(2, 16)
    lacking, enough = (facts(*join_parts([one, part], [(1, 2)])) for one in (short, whole))
    assert states(judge(lacking, terms=STRICT))[0] == "cannot_see"
    assert states(judge(enough, terms=STRICT))[0] == "met"


def test_summary_may_link_the_post_of_a_hidden_comment() -> None:
    found = post(9, october(30), linked_post_keys=frozenset({"post-1", "post-2"}))
    student = facts(comment(1, october(16)), hidden(2, 17), posts=(found,))
    assert by_key(judge(student, terms=TERMS, as_of=AFTERWARDS))["summary"].state.value == "met"


def test_hidden_summary() -> None:
    both = (comment(1, october(16)), comment(2, october(17)))
    named = post(9, october(30), is_hidden=True)
    unnamed = replace(named, title="Verborgen: Woche 9")

    def summary(found: object, day: int) -> tuple[str, str]:
        student = facts(*both, posts=(found,))
        verdict = by_key(judge(student, terms=TERMS, as_of=november(day)))["summary"]
        return verdict.state.value, verdict.reason

    assert summary(named, 1) == summary(named, 2) == ("cannot_see", "post-hidden")
    assert summary(unnamed, 1) == ("not_due", "not-due")
    assert summary(unnamed, 2) == ("cannot_see", "post-hidden")
    assert summary(replace(unnamed, times=comment(1, DUE.replace(year=2025)).times), 2)[0] == "not_found_yet"

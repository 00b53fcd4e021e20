"""What holds for every student, whatever they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grading.cases import (
    BLOG,
    COMMENTS_ONLY,
    DUE,
    FIFTY_WORDS,
    MONDAY,
    OPENS,
    OTHER_BLOG,
    TERMS,
    change,
    comment,
    facts,
    post,
    receipt,
    sentence,
    sight,
)
from tests.grading.cases import judge as judge_case
from tracker.domain.assignment import HINT, REQUIRED, AssignmentTerms, Different, Quota, Spread
from tracker.domain.feed import TimeBasis
from tracker.domain.grade import AllocationFact, CommentFact, ExceptionFact, Judgment, SeenTimes, StudentFacts
from tracker.domain.states import State

# What fills a slot, the best first; everything else leaves it empty.
ORDER = ["on-time", "undecided", "date", "held-by-owner", "late", "undecided-late"]

INSTANTS = st.integers(-3 * 24, 18 * 24).map(lambda hours: OPENS + timedelta(hours=hours))


@st.composite
def seen_times(draw: st.DrawFn) -> SeenTimes:
    posted_at = draw(INSTANTS)
    first_seen_at = max(posted_at, draw(INSTANTS))
    check = draw(st.none() | st.just(first_seen_at - timedelta(hours=draw(st.integers(1, 100)))))
    basis = draw(st.sampled_from(TimeBasis))
    stated = None if basis in {TimeBasis.MISSING, TimeBasis.IMPLAUSIBLE} else posted_at
    return SeenTimes(stated, basis, first_seen_at, check)


@st.composite
def comment_facts(draw: st.DrawFn, number: int) -> CommentFact:
    return comment(
        number,
        OPENS,
        draw(st.sampled_from(["a", "b", "c"])),
        times=draw(seen_times()),
        blog_id=draw(st.sampled_from([BLOG, BLOG, BLOG, OTHER_BLOG])),
        text_hash=draw(st.sampled_from(["x", "y", "z", ""])),
        words=draw(st.sampled_from([0, 40, 60])),
        undecided=draw(st.booleans()),
        held_on_blog=draw(st.booleans()),
    )


@st.composite
def students(draw: st.DrawFn) -> StudentFacts:
    size = draw(st.integers(0, 5))
    saved = [
        receipt(n, draw(INSTANTS), draw(st.sampled_from(["a", "d"]))) for n in range(draw(st.integers(0, 2)))
    ]
    posts = [
        post(
            n,
            draw(INSTANTS),
            draw(st.sampled_from(["C4T #2", "My week"])),
            linked_post_keys=frozenset(draw(st.sets(st.sampled_from(["a", "b", "c"])))),
        )
        for n in range(draw(st.integers(0, 2)))
    ]
    return facts(
        *[draw(comment_facts(n)) for n in range(1, size + 1)],
        receipts=tuple(saved),
        posts=tuple(posts),
        exceptions=tuple(
            ExceptionFact(kind, key, DUE + timedelta(days=days) if kind == "extension" else None)
            for kind, key, days in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(["extension", "extension", "excuse"]),
                        st.sampled_from([None, "comment-1", "comment-2", "summary"]),
                        st.integers(-1, 3),
                    ),
                    max_size=2,
                )
            )
        ),
    )


TERMS_DRAWN = st.builds(
    lambda count, different, short: change(
        TERMS,
        quota=Quota(count),
        spread=Spread(different),
        conditions=(replace(FIFTY_WORDS, short_earns=short),),
    ),
    st.integers(1, 3),
    st.sampled_from([Different.NOTHING, Different.POSTS]),
    st.sampled_from([HINT, REQUIRED]),
)
AS_OF = st.sampled_from([DUE - timedelta(days=2), MONDAY, DUE + timedelta(days=9)])


def judge(student: StudentFacts, terms: AssignmentTerms, as_of: datetime = MONDAY) -> Judgment:
    return judge_case(student, terms=terms, as_of=as_of)


MAY_COUNT = {"on-time", "undecided", "date", "held-by-owner"}


def worth(judgment: Judgment) -> list[int]:
    """How many comment slots are filled by what may count, since all of them are asked for; and by what,
    the best first."""
    reasons = [verdict.reason for verdict in judgment.verdicts if verdict.requirement != "summary"]
    return [sum(reason in MAY_COUNT for reason in reasons), *(reasons.count(reason) for reason in ORDER)]


@settings(deadline=None, max_examples=50)
@given(students(), comment_facts(99), TERMS_DRAWN)
def test_one_more_comment_never_lowers_a_student(
    student: StudentFacts, more: CommentFact, terms: AssignmentTerms
) -> None:
    # An extension of one slot alone makes the slots unequal; what then fills which is not ordered.
    even = replace(student, exceptions=tuple(one for one in student.exceptions if one.requirement is None))
    with_more = replace(even, comments=(*even.comments, more))
    assert worth(judge(with_more, terms)) >= worth(judge(even, terms))


@settings(deadline=None, max_examples=50)
@given(students(), TERMS_DRAWN, AS_OF, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(
    student: StudentFacts, terms: AssignmentTerms, as_of: datetime, random: Random
) -> None:
    def shuffled(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(things, len(things)))

    other = replace(
        student,
        comments=shuffled(student.comments),
        receipts=shuffled(student.receipts),
        posts=shuffled(student.posts),
        exceptions=shuffled(student.exceptions),
    )
    assert judge(other, terms, as_of) == judge(student, terms, as_of)


@settings(deadline=None, max_examples=50)
@given(students(), TERMS_DRAWN, AS_OF)
def test_judging_again_gives_the_same_and_every_requirement_one_verdict(
    student: StudentFacts, terms: AssignmentTerms, as_of: datetime
) -> None:
    judgment = judge(student, terms, as_of)
    assert judge(student, terms, as_of) == judgment
    assert [one.requirement for one in judgment.verdicts] == [one.key for one in terms.requirements()]
    assert all(one.reason and sentence(one) for one in judgment.verdicts)
    assert len(set(judgment.counted)) == len(judgment.counted)
    assert not {one.comment_id for one in judgment.not_counted} & set(judgment.counted)


@settings(deadline=None, max_examples=50)
@given(students(), AS_OF)
def test_nothing_is_called_not_found_on_a_blog_we_cannot_see(student: StudentFacts, as_of: datetime) -> None:
    judgment = judge_case(student, terms=COMMENTS_ONLY, as_of=as_of, blog=sight(can_be_seen=False))
    assert State.NOT_FOUND_YET not in {verdict.state for verdict in judgment.verdicts}


@settings(deadline=None, max_examples=50)
@given(students(), TERMS_DRAWN)
def test_an_extension_of_everything_never_lowers_a_student(
    student: StudentFacts, terms: AssignmentTerms
) -> None:
    plain = replace(student, exceptions=(), receipts=())
    extended = replace(plain, exceptions=(ExceptionFact("extension", None, DUE + timedelta(days=3)),))
    assert worth(judge(extended, terms)) >= worth(judge(plain, terms))


@settings(deadline=None, max_examples=50)
@given(students(), TERMS_DRAWN, AS_OF)
def test_a_blog_given_twice_is_as_good_as_given_once(
    student: StudentFacts, terms: AssignmentTerms, as_of: datetime
) -> None:
    twice = replace(student, allocations=(AllocationFact(BLOG), AllocationFact(BLOG)))
    assert judge(twice, terms, as_of) == judge(student, terms, as_of)

"""What holds for every rule that can be said, whatever a student did."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.grading.cases import clock_of, remarks, seen, sentence
from tests.support.random_rules import any_instant, draw_terms
from tracker.domain.assignment import AssignmentTerms, Where
from tracker.domain.feed import TimeBasis
from tracker.domain.grade import (
    AllocationFact,
    BlogSight,
    CommentFact,
    ExceptionFact,
    PostFact,
    ReceiptFact,
    Score,
    SeenTimes,
    StudentFacts,
)
from tracker.domain.text import Aside, TextCounts
from tracker.grading.judging.credit import judge_student
from tracker.grading.rules.document import terms_from_document, terms_to_document
from tracker.grading.score import propose

ZONES = [ZoneInfo(name) for name in ("America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu")]
BLOGS = (1, 2, 3, 4)
OWN = 9
AS_OF = datetime(2026, 12, 1, tzinfo=UTC)
SIGHTS = {blog: BlogSight(blog, True, AS_OF) for blog in (*BLOGS, OWN)}
RICH = TextCounts(
    words=500, sentences=20, characters=3000, paragraphs=9, links=3, questions=3, introduces=True, refers=True
)


def draw_comment(rng: Random, number: int) -> CommentFact:
    at = any_instant(rng)
    blog, post = rng.choice(BLOGS), rng.randint(1, 3)
    words = rng.choice([5, 30, 60, 400])
    return CommentFact(
        comment_id=number,
        blog_id=blog,
        post_id=None,
        post_key=f"{blog}/{post}",
        permalink="",
        times=SeenTimes(
            at, rng.choice([TimeBasis.OFFSET] * 4 + [TimeBasis.NAIVE]), at + timedelta(hours=1), None
        ),
        counts=TextCounts(
            words=words,
            sentences=rng.randint(1, 4),
            links=rng.randint(0, 1),
            questions=rng.randint(0, 1),
            praise_only=rng.random() < 0.1,
            aside=((Aside.SIGNATURE, 3),),
        ),
        undecided=rng.random() < 0.1,
        text_hash=rng.choice(["", "x", "y", f"text {number}"]),
        author=rng.choice(["", "ada", "ben"]),
        post_published_at=datetime(2026, 10, post, tzinfo=UTC),
        post_place=post,
    )


def draw_student(rng: Random, terms: AssignmentTerms) -> StudentFacts:
    comments = [draw_comment(rng, n) for n in range(1, rng.randint(1, 12))]
    if len(comments) > 1:  # two of the same minute
        comments[0] = replace(comments[0], times=comments[1].times)
    grants = tuple(
        ExceptionFact(
            kind, rng.choice([None, *(slot.key for slot in terms.requirements())]), any_instant(rng)
        )
        for kind in ("extension", "excuse", "substitute")
        if rng.random() < 0.1
    )
    posts = [
        PostFact(
            n, OWN, "", rng.choice(["C4T #2", "My week", "x"]), (), seen(any_instant(rng)),
            linked_post_keys=frozenset(one.post_key for one in comments), counts=TextCounts(words=60),
        )
        for n in range(rng.randint(0, 3))
    ]  # fmt: skip
    return StudentFacts(
        enrollment_id=1,
        allocations=tuple(AllocationFact(blog) for blog in rng.sample(BLOGS, 2)),
        comments=tuple(comments),
        posts=tuple(posts),
        exceptions=grants,
        class_blogs=(OWN,),
        places={part.key: frozenset(BLOGS) for part in terms.comment_parts},
        joined_on=rng.choice([None, date(2026, 9, 1), date(2026, 10, 16)]),
    )


def score(terms: AssignmentTerms, student: StudentFacts, zone: ZoneInfo, as_of: datetime = AS_OF) -> Score:
    return propose(terms, judge_student(terms, student, SIGHTS, SIGHTS, as_of, zone).verdicts)


def acceptable(rng: Random, terms: AssignmentTerms, student: StudentFacts) -> CommentFact:
    """A comment of the student's that nobody could object to: in time, where it is asked, on a post and
    with a text of its own, and with all that could be asked of it."""
    part = rng.choice(terms.comment_parts)
    window = rng.choice(part.periods).window
    blog = rng.choice(student.allocations).blog_id if part.target.where is Where.ALLOCATED else 1
    at = window.due_at - timedelta(minutes=rng.randint(1, 3 * 24 * 60 - 10))
    return CommentFact(
        comment_id=99, blog_id=blog, post_id=None, post_key=f"{blog}/new", permalink="", times=seen(at),
        counts=RICH, text_hash="new", author="somebody else", post_published_at=at - timedelta(hours=1),
        post_place=4,
    )  # fmt: skip


def test_one_more_acceptable_comment_never_lowers_a_grade(full: bool) -> None:
    known: Counter[bool] = Counter()
    for seed in range(5000 if full else 300):
        rng = Random(seed)
        zone = rng.choice(ZONES)
        terms = draw_terms(rng, zone)
        student = draw_student(rng, terms)
        before = score(terms, student, zone)
        more = replace(student, comments=(*student.comments, acceptable(rng, terms, student)))
        after = score(terms, more, zone)
        if before.percent is None or after.percent is None:
            continue
        known[after.percent > before.percent] += 1
        assert after.percent >= before.percent, seed
        assert (after.points or 0) >= (before.points or 0), seed
        assert after.satisfactory or not before.satisfactory, seed
    assert min(known.values()) > 50, known


def test_more_time_never_lowers_a_grade(full: bool) -> None:
    """For one requirement or for all of them; also a time that is no longer than theirs already. Not where
    only the best weeks count: those are picked out of the set that is best of all weeks together."""
    known: Counter[bool] = Counter()
    for seed in range(3000 if full else 150):
        rng = Random(seed)
        zone = rng.choice(ZONES)
        terms = draw_terms(rng, zone)
        drawn = draw_student(rng, terms)
        certain = tuple(replace(one, undecided=False) for one in drawn.comments)
        student = replace(drawn, comments=certain, exceptions=())
        if any(part.worth.best_periods for part in terms.parts):
            continue
        before = score(terms, student, zone)
        for key in (None, rng.choice(list(terms.requirements())).key):
            more = ExceptionFact("extension", key, any_instant(rng) + timedelta(days=5))
            after = score(terms, replace(student, exceptions=(more,)), zone)
            if before.percent is None or after.percent is None:
                continue
            known[after.percent > before.percent] += 1
            assert after.percent >= before.percent, (seed, key)
    assert min(known.values()) > 20, known


def test_a_receipt_never_lowers_a_grade(full: bool) -> None:
    known: Counter[bool] = Counter()
    for seed in range(3000 if full else 150):
        rng = Random(seed)
        zone = rng.choice(ZONES)
        terms = draw_terms(rng, zone)
        drawn = draw_student(rng, terms)
        student = replace(drawn, comments=tuple(replace(one, undecided=False) for one in drawn.comments))
        blog = rng.choice(BLOGS)
        saved = ReceiptFact(1, blog, f"{blog}/{rng.randint(1, 4)}", any_instant(rng))
        before, after = (score(terms, one, zone) for one in (student, replace(student, receipts=(saved,))))
        if before.percent is None or after.percent is None:
            continue
        known[after.percent > before.percent] += 1
        assert after.percent >= before.percent, seed
    assert min(known.values()) > 5, known


def test_facts_in_any_order_and_terms_read_again_give_the_same(full: bool) -> None:
    for seed in range(2000 if full else 100):
        rng = Random(seed)
        zone = rng.choice(ZONES)
        terms = draw_terms(rng, zone)
        student = draw_student(rng, terms)
        as_of = any_instant(rng, days=60)
        judged = judge_student(terms, student, SIGHTS, SIGHTS, as_of, zone)
        assert all(sentence(one) for one in (*judged.verdicts, *judged.not_counted)), seed
        assert all(all(remarks(one)) and (clock_of(one) or not one.comment_id) for one in judged.verdicts), (
            seed
        )
        shuffled = replace(
            student,
            comments=tuple(rng.sample(student.comments, len(student.comments))),
            posts=tuple(rng.sample(student.posts, len(student.posts))),
            allocations=tuple(rng.sample(student.allocations, len(student.allocations))),
            exceptions=tuple(rng.sample(student.exceptions, len(student.exceptions))),
        )
        again = terms_from_document(terms_to_document(terms))
        assert judge_student(again, shuffled, SIGHTS, SIGHTS, as_of, zone) == judged, seed

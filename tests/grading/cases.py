"""An invented round, C4T #2 of EDT 320 at Harlan State, as values for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.rules import c4t
from tracker.domain.assignment import (
    AssignmentTerms,
    Condition,
    Window,
)
from tracker.domain.feed import TimeBasis
from tracker.domain.grade import (
    AllocationFact,
    BlogSight,
    CommentFact,
    Judgment,
    Lateness,
    NotCounted,
    PostFact,
    ReceiptFact,
    SeenTimes,
    StudentFacts,
    Verdict,
)
from tracker.domain.locale import CourseLocale
from tracker.domain.reason import Reason
from tracker.domain.states import State
from tracker.domain.text import TextCounts
from tracker.domain.traits import Trait
from tracker.grading.judging.credit import judge_student
from tracker.wording.sentences import Phrasing
from tracker.wording.verdict_sentences import REMARKS
from tracker.wording.verdicts import say_clock, say_not_counted, say_remarks, say_verdict

CHICAGO = ZoneInfo("America/Chicago")
AMERICAN = CourseLocale(CHICAGO)
OPENS = datetime(2026, 10, 12, 5, 0, tzinfo=UTC)
DUE = datetime(2026, 10, 26, 5, 0, tzinfo=UTC)  # Sun Oct 25, 23:59 CDT, the whole minute
SUMMARY_DUE = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)  # Sun Nov 1, 23:59 CST
MONDAY = datetime(2026, 10, 26, 7, 31, tzinfo=UTC)  # the nightly job has ended
AFTERWARDS = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BLOG, OTHER_BLOG, CLASS_BLOG = 37, 38, 500

PHRASING = Phrasing(AMERICAN, {BLOG: "Kia Ora, Room Nine", CLASS_BLOG: "Noor in 320", 3: "Three"})

COMMENTS_WINDOW = Window(due_at=DUE, opens_at=OPENS)
SUMMARY_WINDOW = Window(due_at=SUMMARY_DUE, opens_at=OPENS)
FIFTY_WORDS = Condition(Trait.WORDS, 50)
HALF_FOR_FEW_WORDS = (Condition(Trait.WORDS, 50, 50),)


def change(terms: AssignmentTerms, key: str = "comment", **changes: Any) -> AssignmentTerms:
    """The terms with something changed in one part."""
    return replace(
        terms,
        parts=tuple(replace(part, **changes) if part.key == key else part for part in terms.parts),
    )


TERMS = change(c4t("C4T #2", COMMENTS_WINDOW, SUMMARY_WINDOW), conditions=(FIFTY_WORDS,))
COMMENTS_ONLY = replace(TERMS, parts=TERMS.parts[:1])


def october(day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    """A local October time, in UTC."""
    return datetime(2026, 10, day, hour, minute, second, tzinfo=CHICAGO).astimezone(UTC)


def november(day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=CHICAGO).astimezone(UTC)


def seen(posted_at: datetime | None, **changes: Any) -> SeenTimes:
    """Posted, then seen by the next check, an hour later."""
    basis = TimeBasis.OFFSET if posted_at else TimeBasis.MISSING
    first_seen_at = (posted_at or october(16)) + timedelta(hours=1)
    return replace(SeenTimes(posted_at, basis, first_seen_at), **changes)


def comment(number: int, posted_at: datetime, post: str = "", words: int = 65, **changes: Any) -> CommentFact:
    """A comment of 65 words on the allocated blog; on a post of its own unless one is named."""
    fact = CommentFact(
        comment_id=number,
        blog_id=BLOG,
        post_id=None,
        post_key=post or f"post-{number}",
        permalink=f"https://room-nine.example/post/#comment-{number}",
        times=seen(posted_at),
        counts=TextCounts(words=words),
        text_hash=f"text-{number}",
    )
    return replace(fact, **changes)


def receipt(number: int, saved_at: datetime, post: str = "", **changes: Any) -> ReceiptFact:
    return replace(ReceiptFact(number, BLOG, post or f"receipt-post-{number}", saved_at), **changes)


def post(number: int, posted_at: datetime, title: str = "C4T #2", **changes: Any) -> PostFact:
    fact = PostFact(
        post_id=number,
        blog_id=CLASS_BLOG,
        url=f"https://noor-in-320.example/{number}",
        title=title,
        labels=(),
        times=seen(posted_at),
    )
    return replace(fact, **changes)


def facts(*comments: CommentFact, **changes: Any) -> StudentFacts:
    fact = StudentFacts(
        enrollment_id=1,
        allocations=(AllocationFact(BLOG),),
        comments=comments,
        class_blogs=(CLASS_BLOG,),
    )
    return replace(fact, **changes)


def sight(fully_checked_at: datetime | None = MONDAY, **changes: Any) -> BlogSight:
    return replace(BlogSight(BLOG, True, fully_checked_at), **changes)


def judge(
    student: StudentFacts,
    *,
    terms: AssignmentTerms = COMMENTS_ONLY,
    as_of: datetime = MONDAY,
    blog: BlogSight | None = None,
    class_blog: BlogSight | None = None,
) -> Judgment:
    blog = blog or sight(max(MONDAY, as_of))
    class_blog = class_blog or BlogSight(CLASS_BLOG, True, as_of)
    sights = {blog.blog_id: blog}
    return judge_student(terms, student, sights, {class_blog.blog_id: class_blog}, as_of, CHICAGO)


def by_key(judgment: Judgment) -> dict[str, Verdict]:
    return {verdict.requirement: verdict for verdict in judgment.verdicts}


def states(judgment: Judgment) -> list[str]:
    return [verdict.state.value for verdict in judgment.verdicts]


def reasons(judgment: Judgment) -> list[str]:
    return [verdict.reason for verdict in judgment.verdicts]


def credits(judgment: Judgment) -> dict[str, tuple[int | None, int]]:
    """Requirement -> the comment in it, and what it earns."""
    return {one.requirement: (one.comment_id, int(one.credit)) for one in judgment.verdicts}


def sentence(one: Verdict | NotCounted | Reason) -> str:
    """The sentence that staff read."""
    if isinstance(one, Reason):
        return PHRASING.say(REMARKS, one.code, one.params)
    return say_verdict(one, PHRASING) if isinstance(one, Verdict) else say_not_counted(one, PHRASING)


def clock_of(one: Verdict | Lateness) -> str:
    about = (
        one if isinstance(one, Verdict) else Verdict("", State.MET, "", DUE, comment_id=1, clock=one.clock)
    )
    return say_clock(about, PHRASING)


def remarks(verdict: Verdict) -> tuple[str, ...]:
    return say_remarks(verdict, PHRASING)

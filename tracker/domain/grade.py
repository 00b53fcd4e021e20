"""What grading is given and what it answers, one student and one assignment at a time.

Tested in tests/grading/judging/test_credit.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tracker.domain.blog import OpenGap
from tracker.domain.feed import TimeBasis
from tracker.domain.reason import Param, Reason
from tracker.domain.states import State
from tracker.domain.text import TextCounts

NO_TEXT = TextCounts()


@dataclass(frozen=True, slots=True)
class SeenTimes:
    """The clocks of one item, aware and in UTC.

    `posted_at` is what the blog says (see `domain.feed.StatedTime` for NAIVE), `first_seen_at`
    the check that first showed it, `last_check_before` the last full check at the same place
    that did not (None: there was none).
    """

    posted_at: datetime | None
    basis: TimeBasis
    first_seen_at: datetime
    last_check_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class EditTimes:
    """The clocks of one edit, aware and in UTC. `stated_at` is what the blog says of it, `shown_at` the last
    check that showed the text before, `seen_at` the first that showed the text after it."""

    stated_at: datetime | None
    shown_at: datetime
    seen_at: datetime


class Timing(StrEnum):
    EARLY = "early"  # before the window opened
    ON_TIME = "on-time"
    LATE = "late"
    CLOSED = "closed"  # so late that the policy takes nothing any more
    QUESTIONABLE = "questionable"


@dataclass(frozen=True, slots=True)
class Lateness:
    """How an item's time stands to a window. `taken_at` is the instant that was judged, `clock` by whose
    clock, () being the blog's own; `late_by_s` is 0 unless it came after the due instant (within a policy's
    grace it is on time all the same). `earns`: percent left by the late policy."""

    timing: Timing
    taken_at: datetime
    clock: tuple[Reason, ...]
    late_by_s: int = 0
    earns: int = 100


@dataclass(frozen=True, slots=True)
class CommentFact:
    """A comment that is, or may be, the student's. `undecided`: its linkage is in review and the
    student is among the candidates. `post_key` tells posts apart, even those we hold no row of.
    `held_on_blog`: this blog is known to let comments through late, so the blog's own time is
    believed although earlier checks did not show the comment (PRODUCT S2). `author` wrote the post,
    folded, "" where nobody says; `post_published_at` and `post_place` (its number in the order of
    publishing on its blog) are None for posts whose time we do not know. `is_hidden`: the blog has never
    shown its text, only something in its place. `former` are the texts it had before, the oldest first,
    each with the edit that replaced it. `copy_percent`: how much of it is like an earlier comment of a
    classmate, None where it is like none."""

    comment_id: int
    blog_id: int
    post_id: int | None
    post_key: str
    permalink: str
    times: SeenTimes
    counts: TextCounts = NO_TEXT
    undecided: bool = False
    text_hash: str = ""
    held_on_blog: bool = False
    author: str = ""
    post_published_at: datetime | None = None
    post_place: int | None = None
    is_hidden: bool = False
    former: tuple[tuple[CommentFact, EditTimes], ...] = ()
    copy_percent: int | None = None

    @property
    def written_by(self) -> str:
        """Who wrote the post, or the blog as a whole where nobody is named."""
        return self.author or f"blog {self.blog_id}"


@dataclass(frozen=True, slots=True)
class PostFact:
    """A post on a class blog of the student, with what it links among posts and blogs we know; `is_hidden`
    and `former` as of a comment."""

    post_id: int
    blog_id: int
    url: str
    title: str
    labels: tuple[str, ...]
    times: SeenTimes
    linked_post_ids: frozenset[int] = frozenset()
    linked_post_keys: frozenset[str] = frozenset()
    linked_blog_ids: frozenset[int] = frozenset()
    counts: TextCounts = NO_TEXT
    text_hash: str = ""
    is_hidden: bool = False
    former: tuple[tuple[PostFact, EditTimes], ...] = ()


@dataclass(frozen=True, slots=True)
class BlogSight:
    """How well we see a blog. `fully_checked_at` is the end of the last full check at the place in
    question (comments of a followed blog, posts of a class blog); None: never. `is_opted_out`:
    its owner asked us not to read it, so it cannot be seen. `kept_by` is the program that keeps its
    comments, "" for the blog itself."""

    blog_id: int
    can_be_seen: bool
    fully_checked_at: datetime | None = None
    failing_since: datetime | None = None
    gaps: tuple[OpenGap, ...] = ()
    is_opted_out: bool = False
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptFact:
    """A student's own record of a comment. `comment_id` is set once the comment was found."""

    receipt_id: int
    blog_id: int | None
    post_key: str
    saved_at: datetime
    comment_id: int | None = None


@dataclass(frozen=True, slots=True)
class AllocationFact:
    """A blog given to the student for this assignment, or one author (folded) or post on it.
    `opens_at`/`due_at` narrow or widen the comments' window for this student; None leaves the
    terms' own."""

    blog_id: int
    opens_at: datetime | None = None
    due_at: datetime | None = None
    keeps_credit: bool = False
    author: str = ""
    post_key: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionFact:
    """An extension or incomplete (`due_at` set), an excuse, or a substitute (handed in another way, as
    `says` tells). `requirement` None covers the whole assignment."""

    kind: str
    requirement: str | None = None
    due_at: datetime | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """Everything one student's verdicts for one assignment are a function of, beside the terms
    and the as-of instant. `places`: by part, the blogs on which its comments count where they are
    not allocated; `joined_on`: the day, in the course's zone, on which the student was added."""

    enrollment_id: int
    allocations: tuple[AllocationFact, ...] = ()
    comments: tuple[CommentFact, ...] = ()
    posts: tuple[PostFact, ...] = ()
    receipts: tuple[ReceiptFact, ...] = ()
    exceptions: tuple[ExceptionFact, ...] = ()
    class_blogs: tuple[int, ...] = ()
    places: Mapping[str, frozenset[int]] = field(default_factory=dict)
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An item that was found and does not count, with a stable reason code and its parameters."""

    permalink: str
    reason: str
    params: Mapping[str, Param] = field(default_factory=dict)
    comment_id: int | None = None
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement's state for one student.

    `reason` is a stable code; `wording.verdicts` makes the sentence of it and of `params`.
    `comment_id` / `post_id` is the item that fills the requirement (or is in question),
    `permalink` its address, `clock` by whose clock it was judged. `hints` are remarks that change
    nothing ("38 words; 50 were asked"). `blog_ids` are the places the verdict rests on: when they
    were last checked is read from the polls, never stored here.
    `credit` is the percent of the requirement that is earned, where something is open if it turns
    out well; in hundredths at most. `marks` are what a person should see before accepting it.
    """

    requirement: str
    state: State
    reason: str
    due_at: datetime
    params: Mapping[str, Param] = field(default_factory=dict)
    comment_id: int | None = None
    post_id: int | None = None
    permalink: str = ""
    clock: tuple[Reason, ...] = ()
    hints: tuple[Reason, ...] = ()
    blog_ids: tuple[int, ...] = ()
    credit: Decimal = Decimal(0)
    marks: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgment:
    """All verdicts of one student for one assignment, in the order of the requirements."""

    verdicts: tuple[Verdict, ...]
    counted: tuple[int, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The proposed grade. `points`, `percent` and `satisfactory` are None while something is undecided
    (not due, in review, cannot see, date in question, a rubric without levels): nothing is proposed.
    `exact` is what `points` is rounded from, without points the share of the whole: what a part adds."""

    satisfactory: bool | None
    points: Decimal | None = None
    provisional: bool = False
    percent: Decimal | None = None
    exact: Fraction | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PartGrade:
    """What a person recorded for one part; `exact` is what it adds to the whole, as of `Score`."""

    satisfactory: bool
    exact: Fraction

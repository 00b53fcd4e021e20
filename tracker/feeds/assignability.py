"""Can this blog be assigned to students? Judged by what was seen of it so far. `wording.blogs` says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.domain.feed import FeedKind, Platform
from tracker.domain.reason import Param, Reason, instant_param
from tracker.feeds.blog_health import FINE, Health, HealthCode, HealthLevel
from tracker.feeds.platforms.registry import platform_of

LATELY = timedelta(days=28)
QUIET = timedelta(days=60)
ASLEEP = timedelta(days=365)
HOLDS = 2
"""So many late ones show that an owner lets comments through by hand; one may be a wrong clock
(`queries.verdicts.coursework.load_holding_blogs`)."""


class Advice(StrEnum):
    GOOD = "good"
    CARE = "care"
    NO = "no"
    WAIT = "wait"


class AdviceCode(StrEnum):
    """Why a blog should not be assigned, or only with care. The reasons of its health stand beside these."""

    OPTED_OUT = "owner-opted-out"
    GONE = "address-gone"
    COMMENTS_CLOSED = "comments-closed"
    ASLEEP = "asleep"
    NOT_CHECKED = "not-checked"
    NO_COMMENT_FEED = "no-feed-of-comments"
    MODERATED = "moderated"
    NO_POST_SEEN = "no-post-seen"
    QUIET = "quiet"
    ONE_POST = "one-post"
    TIGHT_WINDOW = "tight-window"


class FactCode(StrEnum):
    """What was seen of a blog, as its report lists it: the topic, and what there is to say."""

    ANSWERS = "answers"
    ANSWERS_GONE = "answers-gone"
    ANSWERS_NOT_CHECKED = "answers-not-checked"
    ANSWERS_NOT = "answers-not"
    LAST_POST = "last-post"
    LAST_POST_NONE = "last-post-none"
    COMMENTS_CLOSED = "comments-closed"
    COMMENTS_OPEN = "comments-open"
    COMMENTS_COME = "comments-come"
    COMMENTS_UNKNOWN = "comments-unknown"
    A_WEEK = "a-week"
    A_WEEK_FEW = "a-week-few"
    A_WEEK_NONE = "a-week-none"
    MODERATED = "moderated"
    MODERATED_PERHAPS = "moderated-perhaps"
    MODERATED_NOT = "moderated-not"
    MODERATED_UNKNOWN = "moderated-unknown"
    WINDOW = "window"
    WINDOW_ONE = "window-one"
    WAYS = "ways"


@dataclass(frozen=True, slots=True)
class BlogRecord:
    """What was seen of one blog; instants are aware, in UTC. `posts_lately` and `open_lately` count
    the newest posts and those of them that take comments as far as the blog says so, `open_ever`
    whether it says so at all. Of `timed` comments, `late` came public only after a check that should
    have shown them. `window` is the most entries its comment feed was seen to show."""

    blog_id: int
    platform: Platform = Platform.GENERIC
    health: Health = FINE
    opted_out_at: datetime | None = None
    kinds: frozenset[FeedKind] = frozenset()
    is_gone: bool = False
    has_rest: bool = False
    window: int | None = None
    last_post_at: datetime | None = None
    posts: int = 0
    posts_lately: int = 0
    open_lately: int = 0
    open_ever: bool = False
    comments: int = 0
    comments_lately: int = 0
    timed: int = 0
    late: int = 0

    @property
    def are_comments_closed(self) -> bool:
        """The blog says of posts whether they take comments, and of none of the newest that they do."""
        says_closed = self.open_ever and self.posts_lately > 0 and not self.open_lately
        return says_closed and not self.comments_lately

    @property
    def comments_a_week(self) -> int:
        return round(self.comments_lately / (LATELY.days / 7))

    @property
    def is_window_tight(self) -> bool:
        """In a busy night, a third of a week's comments, more than half of the window would be passed by."""
        other_ways = self.has_rest or platform_of(self.platform).has_post_feeds
        return not other_ways and self.window is not None and self.comments_a_week / 3 > self.window / 2


@dataclass(frozen=True, slots=True)
class Assignability:
    """The advice, its reasons (the gravest first), and what was seen."""

    advice: Advice
    reasons: tuple[Reason, ...]
    facts: tuple[Reason, ...]

    @property
    def is_healthy(self) -> bool:
        """Seen, answering, and with a feed of its comments."""
        return self.advice in {Advice.GOOD, Advice.CARE} and not self.is_blind

    @property
    def is_blind(self) -> bool:
        return any(reason.code == AdviceCode.NO_COMMENT_FEED for reason in self.reasons)


def assess(blog: BlogRecord, now: datetime) -> Assignability:
    """Whether students can be sent to a blog, by what was seen there."""
    against = tuple(_against(blog, now))
    if against:
        advice, reasons = Advice.NO, against
    elif blog.health.level is HealthLevel.WAITING:
        advice, reasons = Advice.WAIT, (Reason(AdviceCode.NOT_CHECKED),)
    else:
        reasons = tuple(_cautions(blog, now))
        advice = Advice.CARE if reasons else Advice.GOOD
    return Assignability(advice, reasons, tuple(_facts(blog, now)))


def _against(blog: BlogRecord, now: datetime) -> Iterator[Reason]:
    if blog.opted_out_at is not None:
        yield _reason(AdviceCode.OPTED_OUT, on=blog.opted_out_at)
    if blog.is_gone:
        yield Reason(AdviceCode.GONE)
    elif blog.health.reason.code == HealthCode.NO_ANSWER:
        yield blog.health.reason
    if blog.are_comments_closed:
        yield Reason(AdviceCode.COMMENTS_CLOSED)
    if blog.last_post_at is not None and now - blog.last_post_at > ASLEEP:
        yield _reason(AdviceCode.ASLEEP, on=blog.last_post_at)


def _cautions(blog: BlogRecord, now: datetime) -> Iterator[Reason]:
    if not blog.kinds & {FeedKind.COMMENTS, FeedKind.REST}:
        yield Reason(AdviceCode.NO_COMMENT_FEED)
    is_partly = blog.health.level is HealthLevel.PARTLY and FeedKind.COMMENTS in blog.kinds
    if is_partly or blog.health.level is HealthLevel.TROUBLE:
        yield blog.health.reason
    if blog.late >= HOLDS:
        yield Reason(AdviceCode.MODERATED)
    if blog.last_post_at is None and FeedKind.POSTS in blog.kinds:
        yield Reason(AdviceCode.NO_POST_SEEN)
    if blog.last_post_at is not None and QUIET < now - blog.last_post_at <= ASLEEP:
        yield _reason(AdviceCode.QUIET, on=blog.last_post_at)
    elif blog.posts == 1:
        yield Reason(AdviceCode.ONE_POST)
    if blog.is_window_tight:
        yield _reason(AdviceCode.TIGHT_WINDOW, a_week=blog.comments_a_week, window=blog.window)


def _facts(blog: BlogRecord, now: datetime) -> Iterator[Reason]:
    yield _answers(blog)
    if blog.last_post_at is not None:
        yield _reason(FactCode.LAST_POST, on=blog.last_post_at, now=now)
    else:
        yield Reason(FactCode.LAST_POST_NONE)
    yield _comments_open(blog)
    if not blog.comments:
        yield Reason(FactCode.A_WEEK_NONE)
    elif blog.comments_a_week < 1:
        yield Reason(FactCode.A_WEEK_FEW)
    else:
        yield _reason(FactCode.A_WEEK, comments=blog.comments_a_week)
    yield _moderated(blog)
    if blog.window == 1:
        yield Reason(FactCode.WINDOW_ONE)
    elif blog.window:
        yield _reason(FactCode.WINDOW, window=blog.window)
    yield _reason(FactCode.WAYS, ways=_ways(blog))


def _answers(blog: BlogRecord) -> Reason:
    if blog.is_gone:
        return Reason(FactCode.ANSWERS_GONE)
    if blog.health.level is HealthLevel.WAITING:
        return Reason(FactCode.ANSWERS_NOT_CHECKED)
    if blog.health.is_silent:
        return Reason(FactCode.ANSWERS_NOT, blog.health.reason.params)
    return Reason(FactCode.ANSWERS)


def _comments_open(blog: BlogRecord) -> Reason:
    if blog.are_comments_closed:
        return Reason(FactCode.COMMENTS_CLOSED)
    if blog.posts_lately and blog.open_lately:
        return _reason(FactCode.COMMENTS_OPEN, open=blog.open_lately, posts=blog.posts_lately)
    return Reason(FactCode.COMMENTS_COME if blog.comments_lately else FactCode.COMMENTS_UNKNOWN)


def _moderated(blog: BlogRecord) -> Reason:
    if not blog.timed:
        return Reason(FactCode.MODERATED_UNKNOWN)
    code = FactCode.MODERATED_NOT
    if blog.late:
        code = FactCode.MODERATED if blog.late >= HOLDS else FactCode.MODERATED_PERHAPS
    return _reason(code, late=blog.late, comments=blog.timed)


def _ways(blog: BlogRecord) -> list[Param]:
    """What shows its comments; without any of these, what else is known of them."""
    has_feed = FeedKind.COMMENTS in blog.kinds
    ways: list[Param] = ["feed"] if has_feed else []
    if blog.has_rest:
        ways.append("rest")
    if FeedKind.POST_COMMENTS in blog.kinds:
        ways.append("post-feeds")
    elif has_feed and platform_of(blog.platform).has_post_feeds:
        ways.append("post-feeds-if-needed")
    return ways or ["pages" if FeedKind.POSTS in blog.kinds else "receipts"]


def _reason(code: StrEnum, **params: datetime | Param) -> Reason:
    """A reason whose instants are written as parameters hold them."""
    return Reason(
        code,
        {
            name: instant_param(value) if isinstance(value, datetime) else value
            for name, value in params.items()
        },
    )

"""How well a blog is seen, and whether it can be assigned: `feeds` judges it, `wording` says it.

Tested in tests/feeds/test_assignability.py and tests/feeds/test_blog_health.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.domain.feed import FeedKind

LATELY = timedelta(days=28)
"""Comments of so many days say how many come in a week."""

HOLDS = 2
"""So many late ones show that an owner lets comments through by hand; one may be a wrong clock
(`queries.coursework.load_holding_blogs`)."""


class HealthLevel(StrEnum):
    """In the order in which a person should hear of it."""

    TROUBLE = "trouble"
    PARTLY = "partly"
    WAITING = "waiting"
    FINE = "fine"


class HealthCode(StrEnum):
    FINE = "fine"
    NOT_CHECKED = "not-checked"
    NO_COMMENT_FEED = "no-comment-feed"
    NO_POST_FEED = "no-post-feed"
    KEPT_ELSEWHERE = "kept-elsewhere"
    OPTED_OUT = "opted-out"
    NO_ANSWER_ONCE = "no-answer-once"
    NO_ANSWER = "no-answer"
    GONE = "gone"
    GAP = "gap"


class KeptSight(StrEnum):
    """How comments are seen that another program keeps for a blog."""

    FOLLOWED = "followed"
    NEWEST_POSTS = "newest-posts"
    UNSEEN = "unseen"


_LEVELS = {
    HealthCode.FINE: HealthLevel.FINE,
    HealthCode.NOT_CHECKED: HealthLevel.WAITING,
    HealthCode.NO_ANSWER: HealthLevel.TROUBLE,
    HealthCode.GONE: HealthLevel.TROUBLE,
    HealthCode.GAP: HealthLevel.TROUBLE,
}


@dataclass(frozen=True, slots=True)
class Health:
    """Why a blog is seen as it is. `since` is given where it began some time; `unseen` is how many
    comments may have been missed, None where the blog does not count."""

    code: HealthCode = HealthCode.FINE
    since: datetime | None = None
    unseen: int | None = None

    @property
    def level(self) -> HealthLevel:
        return _LEVELS.get(self.code, HealthLevel.PARTLY)

    @property
    def is_silent(self) -> bool:
        """Nothing at its address answers."""
        return self.code in (HealthCode.NO_ANSWER_ONCE, HealthCode.NO_ANSWER)


FINE = Health()


@dataclass(frozen=True, slots=True)
class OpenGap:
    """Between two complete checks something may have been shown that we did not see."""

    after_at: datetime | None
    before_at: datetime
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class BlogRecord:
    """What was seen of one blog; instants are aware, in UTC. `posts_lately` and `open_lately` count
    the newest posts and those of them that take comments as far as the blog says so, `open_ever`
    whether it says so at all. Of `timed` comments, `late` came public only after a check that should
    have shown them. `window` is the most entries its comment feed was seen to show, `has_post_feeds`
    that its platform gives each post a feed of its own. `kinds` are those of the feeds in which what is
    posted now can be seen; `kept_by` is the program that keeps its comments, "" for the blog itself."""

    blog_id: int
    health: Health = FINE
    opted_out_at: datetime | None = None
    kinds: frozenset[FeedKind] = frozenset()
    is_gone: bool = False
    has_rest: bool = False
    has_post_feeds: bool = False
    kept_by: str = ""
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
    def comments_a_week(self) -> int:
        return round(self.comments_lately / (LATELY.days / 7))

    @property
    def is_moderated(self) -> bool:
        return self.late >= HOLDS

    @property
    def are_comments_closed(self) -> bool:
        """The blog says of posts whether they take comments, and of none of the newest that they do."""
        return self.open_ever and self.posts_lately > 0 and not (self.open_lately or self.comments_lately)


class Advice(StrEnum):
    GOOD = "good"
    CARE = "care"
    NO = "no"
    WAIT = "wait"


class AdviceCode(StrEnum):
    """Why a blog should not be assigned, or only with care."""

    OPTED_OUT = "opted-out"
    GONE = "gone"
    NO_ANSWER = "no-answer"
    COMMENTS_CLOSED = "comments-closed"
    ASLEEP = "asleep"
    NOT_CHECKED = "not-checked"
    NO_COMMENT_FEED = "no-comment-feed"
    KEPT_ELSEWHERE = "kept-elsewhere"
    SEEN_IN_PART = "seen-in-part"
    SOME_UNSEEN = "some-unseen"
    MODERATED = "moderated"
    NO_POST_SEEN = "no-post-seen"
    QUIET = "quiet"
    ONE_POST = "one-post"
    TIGHT_WINDOW = "tight-window"


@dataclass(frozen=True, slots=True)
class Assignability:
    """The advice on a blog with its reasons, the gravest first."""

    blog: BlogRecord
    advice: Advice
    reasons: tuple[AdviceCode, ...]

    @property
    def is_blind(self) -> bool:
        """No feed shows its comments."""
        return not {AdviceCode.NO_COMMENT_FEED, AdviceCode.KEPT_ELSEWHERE}.isdisjoint(self.reasons)

    @property
    def is_healthy(self) -> bool:
        """Seen, answering, and with a feed of its comments."""
        return self.advice in {Advice.GOOD, Advice.CARE} and not self.is_blind

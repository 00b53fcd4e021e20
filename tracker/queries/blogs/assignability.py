"""Can this blog be given to students? What was seen of it so far, and one word for it.

Plain facts are judged here; `assignability_rows` loads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.domain.feed import FeedKind, Platform
from tracker.domain.locale import CourseLocale
from tracker.queries.blogs.blog_health import Health, Sight
from tracker.wording.numbers import say_count
from tracker.wording.times import say_ago, say_date

LATELY = timedelta(days=28)
QUIET = timedelta(days=60)
ASLEEP = timedelta(days=365)
HOLDS = 2
"""So many late ones show that an owner lets comments through by hand; one may be a wrong clock
(queries.coursework.load_holding_blogs)."""


class Advice(StrEnum):
    GOOD = "good"
    CARE = "care"
    NO = "no"
    WAIT = "wait"


ADVICE_WORDS = {
    Advice.GOOD: ("Good to assign", "met", "s-met"),
    Advice.CARE: ("Assign with care", "cannot_see", "s-blind"),
    Advice.NO: ("Do not assign", "alert", "s-trouble"),
    Advice.WAIT: ("Not known yet", "not_due", "s-faint"),
}


@dataclass(frozen=True, slots=True)
class BlogFacts:
    """What is known of one blog; instants are aware, in UTC. `posts_lately` and `open_lately` count
    the newest posts and those of them that take comments as far as the blog says so, `open_ever`
    whether it says so at all. Of `timed` comments, `late` came public only after a look that should
    have shown them. `window` is the most entries its comment feed was seen to show."""

    blog_id: int
    platform: Platform = Platform.GENERIC
    health: Health = field(default_factory=lambda: Health(Sight.FINE, "Fine"))
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
    last_comment_at: datetime | None = None
    timed: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One word, its reasons (the gravest first), and the facts as (what, in words)."""

    advice: Advice
    why: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]

    @property
    def word(self) -> str:
        return ADVICE_WORDS[self.advice][0]

    @property
    def icon(self) -> str:
        return ADVICE_WORDS[self.advice][1]

    @property
    def look(self) -> str:
        return ADVICE_WORDS[self.advice][2]


def assess(facts: BlogFacts, now: datetime, locale: CourseLocale) -> Report:
    """Whether students can be sent to a blog, by what was seen there."""
    against = tuple(_against(facts, now, locale))
    if against:
        advice, why = Advice.NO, against
    elif facts.health.sight is Sight.WAITING:
        advice, why = Advice.WAIT, ("We have not looked at it yet.",)
    else:
        why = tuple(_cautions(facts, now, locale))
        advice = Advice.CARE if why else Advice.GOOD
    return Report(advice, why, tuple(_lines(facts, now, locale)))


def _against(facts: BlogFacts, now: datetime, locale: CourseLocale) -> Iterator[str]:
    if facts.opted_out_at is not None:
        yield f"Its owner asked us on {say_date(facts.opted_out_at, locale)} not to look at it."
    if facts.is_gone:
        yield "Its address answers that it is gone for good."
    elif facts.health.sight is Sight.TROUBLE and facts.health.word == "Does not answer":
        yield f"It does not answer, {facts.health.says}."
    if _are_comments_closed(facts):
        yield "Its newest posts take no comments."
    if facts.last_post_at is not None and now - facts.last_post_at > ASLEEP:
        yield f"Its last post is of {say_date(facts.last_post_at, locale, with_year=True)}."


def _cautions(facts: BlogFacts, now: datetime, locale: CourseLocale) -> Iterator[str]:
    if not facts.kinds & {FeedKind.COMMENTS, FeedKind.REST}:
        yield "No feed shows its comments: students need receipts, and we read the posts’ pages."
    if facts.health.sight is Sight.PARTLY and FeedKind.COMMENTS in facts.kinds:
        yield f"{facts.health.word}, {facts.health.says}."
    if facts.health.sight is Sight.TROUBLE:
        yield f"{facts.health.word}, {facts.health.says}: some comments could not be seen."
    if facts.late >= HOLDS:
        yield "Its owner lets comments through by hand, so they come late: ask for receipts."
    if facts.last_post_at is None and FeedKind.POSTS in facts.kinds:
        yield "We have seen no post of it yet."
    if facts.last_post_at is not None and QUIET < now - facts.last_post_at <= ASLEEP:
        yield f"No new post since {say_date(facts.last_post_at, locale, with_year=True)}."
    elif facts.posts == 1:
        yield "It has one post that we know of; two comments need two posts."
    if _is_window_tight(facts):
        yield (
            f"About {_a_week(facts)} a week pass through a feed of {facts.window}, "
            "with no other way to those it drops."
        )


def _lines(facts: BlogFacts, now: datetime, locale: CourseLocale) -> Iterator[tuple[str, str]]:
    yield "Answers", _answers(facts)
    yield (
        "Last post",
        f"{say_ago(facts.last_post_at, now)}, {say_date(facts.last_post_at, locale, with_year=True)}"
        if facts.last_post_at
        else "none seen",
    )
    yield "Comments", _comments_open(facts)
    yield "A week", _week_words(facts)
    yield "Moderated", _moderated(facts)
    if facts.window:
        yield "Feed", f"its newest {facts.window} at most" if facts.window > 1 else "one entry at most so far"
    yield "We see", _sight_words(facts)


def _answers(facts: BlogFacts) -> str:
    if facts.is_gone:
        return "gone for good"
    if facts.health.sight is Sight.WAITING:
        return "not looked at yet"
    if "answer" in facts.health.word:
        return f"no, {facts.health.says}"
    return "yes"


def _comments_open(facts: BlogFacts) -> str:
    if _are_comments_closed(facts):
        return "closed on its newest posts"
    if facts.posts_lately and facts.open_lately:
        return f"open on {facts.open_lately} of its newest {say_count(facts.posts_lately, 'post')}"
    return "open, as far as they come in" if facts.comments_lately else "it does not say"


def _week_words(facts: BlogFacts) -> str:
    if not facts.comments:
        return "no comment seen yet"
    return "less than one comment" if _a_week(facts) < 1 else f"about {say_count(_a_week(facts), 'comment')}"


def _moderated(facts: BlogFacts) -> str:
    if not facts.timed:
        return "cannot tell yet"
    of_all = f"{facts.late} of {say_count(facts.timed, 'comment')}"
    said = f"{of_all} came public after a look that should have shown it"
    if facts.late >= HOLDS:
        return f"yes: {said}"
    return f"perhaps: {said}" if facts.late else f"not so far, in {say_count(facts.timed, 'comment')}"


def _sight_words(facts: BlogFacts) -> str:
    ways = []
    if FeedKind.COMMENTS in facts.kinds:
        ways.append("a feed of all comments")
    if facts.has_rest:
        ways.append("REST, which goes back to the start of term")
    if FeedKind.POST_COMMENTS in facts.kinds:
        ways.append("the own feeds of posts students were given")
    elif facts.platform is not Platform.GENERIC and FeedKind.COMMENTS in facts.kinds:
        ways.append("each post’s own feed when the other is not enough")
    if ways:
        return "; ".join(ways)
    if FeedKind.POSTS in facts.kinds:
        return "its posts; comments only on the pages of posts that receipts name"
    return "nothing but what receipts name"


def _are_comments_closed(facts: BlogFacts) -> bool:
    """The blog says of posts whether they take comments, and of none of the newest that they do."""
    return facts.open_ever and facts.posts_lately > 0 and not facts.open_lately and not facts.comments_lately


def _a_week(facts: BlogFacts) -> int:
    return round(facts.comments_lately / (LATELY.days / 7))


def _is_window_tight(facts: BlogFacts) -> bool:
    """In a busy night, a third of a week's comments, more than half of the window would be passed by."""
    other_ways = facts.has_rest or facts.platform is not Platform.GENERIC
    return not other_ways and facts.window is not None and _a_week(facts) / 3 > facts.window / 2

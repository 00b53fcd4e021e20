"""Can this blog be assigned to students? Judged by what was seen of it so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tracker.domain.blog import Advice, AdviceCode, Assignability, BlogRecord, HealthCode, HealthLevel
from tracker.domain.feed import FeedKind

QUIET = timedelta(days=60)
ASLEEP = timedelta(days=365)


def assess(blog: BlogRecord, now: datetime) -> Assignability:
    """Whether students can be sent to a blog, by what was seen there."""
    against = tuple(_against(blog, now))
    if against:
        return Assignability(blog, Advice.NO, against)
    if blog.health.level is HealthLevel.WAITING:
        return Assignability(blog, Advice.WAIT, (AdviceCode.NOT_CHECKED,))
    cautions = tuple(_cautions(blog, now))
    return Assignability(blog, Advice.CARE if cautions else Advice.GOOD, cautions)


def _against(blog: BlogRecord, now: datetime) -> Iterator[AdviceCode]:
    if blog.opted_out_at is not None:
        yield AdviceCode.OPTED_OUT
    if blog.is_gone:
        yield AdviceCode.GONE
    elif blog.health.code is HealthCode.NO_ANSWER:
        yield AdviceCode.NO_ANSWER
    if blog.are_comments_closed:
        yield AdviceCode.COMMENTS_CLOSED
    if blog.last_post_at is not None and now - blog.last_post_at > ASLEEP:
        yield AdviceCode.ASLEEP


def _cautions(blog: BlogRecord, now: datetime) -> Iterator[AdviceCode]:
    # Without a feed of comments a blog is fine where those of every post are read.
    is_read_by_post = blog.kinds == {FeedKind.POSTS} and blog.health.level is HealthLevel.FINE
    if not blog.kinds & {FeedKind.COMMENTS, FeedKind.REST} and (blog.kept_by or not is_read_by_post):
        yield AdviceCode.KEPT_ELSEWHERE if blog.kept_by else AdviceCode.NO_COMMENT_FEED
    if blog.health.level is HealthLevel.PARTLY and FeedKind.COMMENTS in blog.kinds:
        yield AdviceCode.SEEN_IN_PART
    if blog.health.level is HealthLevel.TROUBLE:
        yield AdviceCode.SOME_UNSEEN
    if blog.is_moderated:
        yield AdviceCode.MODERATED
    if blog.last_post_at is None and FeedKind.POSTS in blog.kinds:
        yield AdviceCode.NO_POST_SEEN
    if blog.last_post_at is not None and QUIET < now - blog.last_post_at <= ASLEEP:
        yield AdviceCode.QUIET
    elif blog.posts == 1:
        yield AdviceCode.ONE_POST
    if _is_window_tight(blog):
        yield AdviceCode.TIGHT_WINDOW


def _is_window_tight(blog: BlogRecord) -> bool:
    """In a busy night, a third of a week's comments, more than half of the window would be passed by."""
    other_ways = blog.has_rest or blog.has_post_feeds
    return not other_ways and blog.window is not None and blog.comments_a_week / 3 > blog.window / 2

"""Why an item that was found does not count, and what is worth a remark beside an empty requirement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.domain.assignment import Different, Order, PartRule
from tracker.domain.grade import CommentFact, NotCounted
from tracker.domain.reason import Reason
from tracker.grading.judging.items import ItemCandidate

_REMARKS = {"same-post", "same-blog", "same-author", "same-text", "spread"}


def remark(not_counted: Iterable[NotCounted]) -> tuple[Reason, ...]:
    """Those worth a remark beside a requirement that is still empty, each once."""
    codes = dict.fromkeys(one.reason for one in not_counted if one.reason in _REMARKS)
    return tuple(Reason(code) for code in codes)


def why_left_out(comment: CommentFact, part: PartRule, chosen: Sequence[ItemCandidate]) -> str:
    """The reason code of a comment that could count for a part and was not chosen."""
    counted = [one for one in chosen if one.part is part]
    spread = part.spread
    if spread.different is not Different.NOTHING and comment.post_key in {one.post_key for one in counted}:
        return "same-post"
    if spread.different is Different.BLOGS and comment.blog_id in {one.blog_id for one in counted}:
        return "same-blog"
    if spread.different is Different.AUTHORS and comment.written_by in {one.author for one in counted}:
        return "same-author"
    if comment.counts.words and comment.text_hash in {one.text_hash for one in chosen if one.text_hash}:
        return "same-text"
    apart = spread.days_apart or spread.blogs_least or spread.new_blogs or spread.order is not Order.ANY
    is_full = len(counted) >= part.quota.credited
    return "spread" if apart and not is_full else "not-needed"

"""Why a comment that was found does not count, in words; what to say of it beside an empty requirement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from tracker.domain.assignment import Different, Order, PartRule, Where
from tracker.domain.grade import CommentFact, NotCounted
from tracker.grading.judging.conditions import Examined
from tracker.grading.judging.items import Candidate
from tracker.grading.words import say_instant

_REFUSALS = {
    "other-blog": "Found on another blog than the one assigned.",
    "same-post": "On the same post as one that counts; the rule asks for different posts.",
    "same-blog": "On the same blog as one that counts; the rule asks for different blogs.",
    "same-author": "By the same author as one that counts; the rule asks for different authors.",
    "same-text": "The same text as one that counts; it is one comment.",
    "spread": "It does not fit beside those that count: the rule asks how different or far apart they are.",
    "not-needed": "Found; the comments asked for are there without it.",
}
_REMARKS = {"same-post", "same-blog", "same-author", "same-text", "spread"}


def refuse(comment: CommentFact, examined: Examined, reason: str, zone: ZoneInfo) -> NotCounted:
    """What to say of a comment that was found and does not count."""
    posted = say_instant(examined.lateness.taken_at, zone)
    if reason in {"too-short", "lacks"}:
        says = f"Found, {' '.join(examined.hints)}"
    elif reason == "before-opening":
        says = f"Posted {posted}, before the assignment opened."
    elif reason == "closed":
        says = f"Posted {posted}, after late work was taken."
    elif reason == "other-blog" and examined.part.target.where is not Where.ALLOCATED:
        says = "Found on a blog where it is not asked for."
    else:
        says = _REFUSALS[reason]
    return NotCounted(comment.permalink, reason, says, comment_id=comment.comment_id)


def remark(not_counted: Iterable[NotCounted]) -> tuple[str, ...]:
    """What to say of them beside a requirement that is still empty."""
    return tuple(dict.fromkeys(one.says for one in not_counted if one.reason in _REMARKS))


def why_left_out(comment: CommentFact, part: PartRule, chosen: Sequence[Candidate]) -> str:
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

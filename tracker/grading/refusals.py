"""Why an item that was found does not count, in words; and what to say of it beside an empty requirement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from tracker.domain.assignment import Different, Order, Where
from tracker.domain.grade import CommentFact, NotCounted
from tracker.grading.conditions import Examined
from tracker.grading.items import Candidate
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


def refuse(examined: Examined, reason: str, zone: ZoneInfo) -> NotCounted:
    """What to say of an item that was found and does not count."""
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
    item = examined.item
    if isinstance(item, CommentFact):
        return NotCounted(item.permalink, reason, says, comment_id=item.comment_id)
    return NotCounted(item.url, reason, says, post_id=item.post_id)


def remark(not_counted: Iterable[NotCounted]) -> tuple[str, ...]:
    """What to say of them beside a requirement that is still empty."""
    return tuple(dict.fromkeys(one.says for one in not_counted if one.reason in _REMARKS))


def why_left_out(found: Examined, chosen: Sequence[Candidate]) -> str:
    """The reason code of an item that could count and was not chosen."""
    item = found.item
    if not isinstance(item, CommentFact):
        return "not-needed"
    counted = [one for one in chosen if one.part is found.part]
    different = found.part.spread.different
    own = (
        Candidate(found.part, 0, found, counted[0].standing, 0, found.lateness.taken_at) if counted else None
    )
    if own is not None and different is not Different.NOTHING:
        if own.post_key in {one.post_key for one in counted}:
            return "same-post"
        if different is Different.BLOGS and own.blog_id in {one.blog_id for one in counted}:
            return "same-blog"
        if different is Different.AUTHORS and own.author in {one.author for one in counted}:
            return "same-author"
    if item.counts.words and item.text_hash in {one.text_hash for one in chosen if one.text_hash}:
        return "same-text"
    spread = found.part.spread
    apart = spread.days_apart or spread.blogs_least or spread.new_blogs or spread.order is not Order.ANY
    is_full = len(counted) >= found.part.quota.credited
    return "spread" if apart and not is_full else "not-needed"

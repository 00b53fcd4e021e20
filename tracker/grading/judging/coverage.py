"""Whether we checked everywhere a piece of work could be: "not found yet" may be said only then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from tracker.domain.assignment import Window
from tracker.domain.blog import OpenGap
from tracker.domain.grade import BlogSight
from tracker.domain.reason import Param, Reason, instant_param


def find_unseen(
    blog_ids: Iterable[int],
    sights: Mapping[int, BlogSight],
    window: Window,
    *,
    is_class_blog: bool = False,
) -> Reason | None:
    """The first reason why work due in this window may be on one of these blogs unseen by us.

    None once each was checked, completely, at or after the due instant and no gap is open. A
    blog that stops answering after that check hides nothing that was in time.
    """
    for blog_id in sorted(set(blog_ids)):
        unseen = _unseen(sights.get(blog_id), window, is_class_blog)
        if unseen is not None:
            return unseen
    return None


def not_checked(is_class_blog: bool) -> str:
    """The code for "we have not checked that blog since the work was due"."""
    return "class-blog-not-looked-at" if is_class_blog else "not-looked-since-due"


def _unseen(sight: BlogSight | None, window: Window, is_class_blog: bool) -> Reason | None:
    own = "class-blog-" if is_class_blog else ""
    if sight is None:
        return Reason(not_checked(is_class_blog))
    if not sight.can_be_seen:
        return _invisible(sight, is_class_blog)
    if sight.fully_checked_at is None or sight.fully_checked_at < window.due_at:
        if sight.failing_since is not None:
            since = instant_param(sight.failing_since)
            return Reason(
                own + "failing" if own else "blog-failing", {"blog_id": sight.blog_id, "since": since}
            )
        return Reason(not_checked(is_class_blog), {"blog_id": sight.blog_id})
    gap = min((gap for gap in sight.gaps if _overlaps(gap, window)), key=_by_time, default=None)
    if gap is None:
        return None
    bounds = {"before": instant_param(gap.before_at)}
    if gap.after_at is not None:
        bounds["after"] = instant_param(gap.after_at)
    return Reason(f"{own}gap", {"blog_id": sight.blog_id, **bounds})


def _invisible(sight: BlogSight, is_class_blog: bool) -> Reason:
    """Why a place can never be seen as it is now."""
    params: dict[str, Param] = {"blog_id": sight.blog_id}
    if sight.is_opted_out:
        return Reason("class-blog-opted-out" if is_class_blog else "opted-out", params)
    if is_class_blog:
        return Reason("no-post-feed", params)
    if sight.kept_by:
        return Reason("kept-elsewhere", {**params, "service": sight.kept_by})
    return Reason("no-comment-feed", params)


def _overlaps(gap: OpenGap, window: Window) -> bool:
    begins_in_time = gap.after_at is None or gap.after_at < window.due_at
    return begins_in_time and (window.opens_at is None or gap.before_at > window.opens_at)


def _by_time(gap: OpenGap) -> tuple[datetime, datetime]:
    return gap.before_at, gap.after_at or gap.before_at

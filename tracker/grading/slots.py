"""The verdict of one comment requirement, with or without something in it, and its sentence."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.assignment import HeldCredit, Requirement
from tracker.domain.grade import ReceiptFact, State, Timing, Verdict
from tracker.grading.conditions import Examined, window_on
from tracker.grading.items import Item, Setting, speaks_for
from tracker.grading.lateness import judge
from tracker.grading.sight import find_unseen
from tracker.grading.windows import extended_to
from tracker.grading.words import say_count, say_due, say_instant, say_span

# What a student should know before the due instant, while a receipt can still be saved.
_WORTH_A_WARNING = {"no-comment-feed", "blog-failing", "opted-out"}


def excused(slot: Requirement) -> Verdict:
    return Verdict(slot.key, State.EXCUSED, "excused", "Excused.", slot.window.due_at)


def filled(setting: Setting, slot: Requirement, item: Item) -> Verdict | None:
    """The verdict of a slot with an item in it; None when the item earns it nothing."""
    if isinstance(item.source, ReceiptFact):
        return _by_receipt(setting, slot, item.source)
    return _by_comment(setting, slot, item.source)


def unfilled(
    setting: Setting, slot: Requirement, short: Examined | None, remarks: tuple[str, ...] = ()
) -> Verdict:
    """The verdict of a slot with nothing in it. `short` is a comment that only its length keeps
    from counting; `remarks` say what else was found. "Not found yet" comes last: only when we
    looked everywhere after the due instant."""
    verdict = _empty(setting, slot, remarks)
    if short is None or verdict.state is State.CANNOT_SEE:
        return verdict
    comment = short.comment
    decided = State.NOT_DUE if verdict.state is State.NOT_DUE else State.DOES_NOT_COUNT
    return replace(
        verdict,
        state=decided,
        reason="too-short",
        says=f"Found, {' '.join(short.hints)}",
        comment_id=comment.comment_id,
        post_id=comment.post_id,
        permalink=comment.permalink,
        clock=short.lateness.clock,
        hints=(),
    )


def _by_comment(setting: Setting, slot: Requirement, found: Examined) -> Verdict:
    comment, zone = found.comment, setting.zone
    extended = extended_to(setting.facts.exceptions, slot.key)
    window = window_on(comment.blog_id, setting.terms, setting.facts, extended)
    lateness = judge(comment.times, window, zone, held_on_blog=comment.held_on_blog)
    late = lateness.timing is Timing.LATE
    if comment.undecided:
        state, reason = State.IN_REVIEW, "undecided-late" if late else "undecided"
        says = "A comment that may be theirs waits for a decision."
    elif late:
        state, reason = State.LATE, "late"
        says = f"It came {say_span(lateness.late_by_s)} after the due time, {say_due(window.due_at, zone)}."
    elif lateness.timing is Timing.QUESTIONABLE:
        state, reason, says = State.DATE_QUESTIONABLE, "date", lateness.clock
    else:
        state, reason = State.MET, "on-time"
        says = f"Met. {say_count(comment.words, 'word')}, {say_instant(lateness.taken_at, zone)}."
    return Verdict(
        slot.key,
        state,
        reason,
        says,
        window.due_at,
        comment_id=comment.comment_id,
        post_id=comment.post_id,
        permalink=comment.permalink,
        clock=lateness.clock,
        hints=found.hints,
        blog_ids=(comment.blog_id,),
    )


def _by_receipt(setting: Setting, slot: Requirement, receipt: ReceiptFact) -> Verdict | None:
    window = setting.slot_window(slot)
    if not speaks_for(receipt, window, setting):
        return None
    saved = say_instant(receipt.saved_at, setting.zone)
    if receipt.blog_id is None:
        state, reason = State.IN_REVIEW, "receipt-elsewhere"
        says = f"A receipt saved {saved}, on time, names a place that we do not know."
    elif _looked_since(setting, receipt):
        state, reason = State.IN_MODERATION, "held-by-owner"
        says = f"Held by the owner; receipt saved {saved}, on time."
    elif setting.terms.held is not HeldCredit.NONE:
        state, reason = State.PROVISIONAL, "receipt-on-time"
        says = f"Receipt saved {saved}, on time; not public yet."
    elif setting.as_of < window.due_at:
        state, reason = State.NOT_DUE, "receipt-saved"
        says = f"Receipt saved {saved}; it counts once the comment is public."
    else:
        return None
    return Verdict(slot.key, state, reason, says, window.due_at, blog_ids=setting.blog_ids)


def _looked_since(setting: Setting, receipt: ReceiptFact) -> bool:
    sight = setting.sights.get(receipt.blog_id or 0)
    seen = sight is not None and sight.can_be_seen
    return seen and sight is not None and sight.looked_at is not None and sight.looked_at > receipt.saved_at


def _empty(setting: Setting, slot: Requirement, remarks: tuple[str, ...]) -> Verdict:
    window, zone = setting.slot_window(slot), setting.zone
    unseen = find_unseen(setting.blog_ids, setting.sights, window, zone)
    due = say_due(window.due_at, zone)
    hints = remarks
    if setting.as_of < window.due_at:
        state, reason, says = State.NOT_DUE, "not-due", f"Due {due}."
        if window.opens_at is not None and setting.as_of < window.opens_at:
            reason, says = "not-open", f"Opens {say_instant(window.opens_at, zone)}; due {due}."
        if unseen is not None and unseen.reason in _WORTH_A_WARNING:
            hints = (*remarks, unseen.says)
    elif not setting.blog_ids:
        state, reason, says = State.CANNOT_SEE, "no-blog-allocated", "No blog is assigned to them yet."
    elif unseen is not None:
        state, reason, says = State.CANNOT_SEE, unseen.reason, unseen.says
    else:
        state, reason = State.NOT_FOUND_YET, "not-found"
        says = f"We looked everywhere after {due}; nothing of theirs for this."
    return Verdict(slot.key, state, reason, says, window.due_at, hints=hints, blog_ids=setting.blog_ids)

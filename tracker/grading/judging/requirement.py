"""The verdict of one requirement, with or without something in it, and its sentence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.domain.assignment import HeldCredit, PartRule, Requirement, RequirementKind, Where, Window
from tracker.domain.grade import CommentFact, ExceptionFact, Lateness, ReceiptFact, State, Timing, Verdict
from tracker.grading.judging.companions import Companion
from tracker.grading.judging.conditions import Examined
from tracker.grading.judging.coverage import Unseen, find_unseen
from tracker.grading.judging.eligibility import places_now
from tracker.grading.judging.items import Candidate, speaks_for
from tracker.grading.judging.terms_for_student import Setting
from tracker.grading.lateness import judge
from tracker.grading.words import say_count, say_due, say_instant, say_percent, say_span

FULL = Decimal(100)

# What a student should know before the due instant, while a receipt can still be saved.
_WORTH_A_WARNING = {"no-comment-feed", "blog-failing", "opted-out"}
_DOUBTS = {
    "link-too-general": "It links the blog, not the posts; likely all right.",
    "links-other-posts": "It links other posts than the {credited} commented on.",
    "links-some": "It links {linked} of the {credited} posts commented on.",
    "no-link": "It links neither the posts nor the blog.",
}


def settled(slot: Requirement, by: ExceptionFact) -> Verdict:
    """The verdict of a requirement that a person settled: excused, or handed in another way."""
    if by.kind == "substitute":
        says = f"Handed in another way: {by.says}" if by.says else "Handed in another way."
        return Verdict(slot.key, State.MET, "substitute", says, slot.window.due_at, credit=FULL)
    return Verdict(slot.key, State.EXCUSED, "excused", "Excused.", slot.window.due_at)


def filled(setting: Setting, slot: Requirement, candidate: Candidate) -> Verdict | None:
    """The verdict of a requirement with an item in it; None when the item earns it nothing."""
    if isinstance(candidate.source, ReceiptFact):
        return _by_receipt(setting, slot, candidate, candidate.source)
    return _by_item(setting, slot, candidate)


def unfilled(
    setting: Setting, part: PartRule, slot: Requirement, short: Examined | None, remarks: tuple[str, ...] = ()
) -> Verdict:
    """The verdict of a requirement with nothing in it. `short` is an item that only its text keeps
    from counting; `remarks` say what else was found. "Not found yet" comes last: only when we
    looked everywhere after the due instant."""
    verdict = _empty(setting, part, slot, remarks)
    if short is None or verdict.state is State.CANNOT_SEE:
        return verdict
    decided = State.NOT_DUE if verdict.state is State.NOT_DUE else State.DOES_NOT_COUNT
    shown = _show(replace(verdict, state=decided, reason=short.refusal, hints=()), short, short.lateness)
    return replace(shown, says=f"Found, {' '.join(short.hints)}", blog_ids=verdict.blog_ids)


def _by_item(setting: Setting, slot: Requirement, candidate: Candidate) -> Verdict:
    found, zone, part = candidate.examined, setting.zone, candidate.part
    item = found.item
    period = next(one for one in part.periods if one.number == candidate.period)
    window = setting.slot_window(part, slot, period, item.blog_id)
    held = isinstance(item, CommentFact) and item.held_on_blog
    lateness = judge(item.times, window, zone, held_on_blog=held, late=part.late)
    credit = Decimal(found.earns * lateness.earns) / 100
    is_late = lateness.timing in {Timing.LATE, Timing.CLOSED}
    came = f"It came {say_span(lateness.late_by_s)} after the due time, {say_due(window.due_at, zone)}."
    hints = found.hints
    if isinstance(candidate.source, Companion) and candidate.source.doubt:
        doubt = candidate.source
        state, reason = State.IN_REVIEW, doubt.doubt
        said = _DOUBTS[reason].format(linked=doubt.linked, credited=doubt.credited)
        says = f"Found, {say_instant(lateness.taken_at, zone)}. {said}"
        hints += {Timing.LATE: (came,), Timing.QUESTIONABLE: (lateness.clock,)}.get(lateness.timing, ())
    elif isinstance(item, CommentFact) and item.undecided:
        state, reason = State.IN_REVIEW, "undecided-late" if is_late else "undecided"
        says = "A comment that may be theirs waits for a decision."
    elif is_late:
        state, reason = State.LATE, "late"
        says = f"{came} It counts {say_percent(credit)}." if part.late else came
    elif lateness.timing is Timing.QUESTIONABLE:
        state, reason, says = State.DATE_QUESTIONABLE, "date", lateness.clock
    else:
        state, reason, says = State.MET, "on-time", f"Met. {_say_met(candidate, lateness, setting)}"
    verdict = Verdict(slot.key, state, reason, says, window.due_at, hints=hints, credit=credit)
    return _show(verdict, found, lateness)


def _show(verdict: Verdict, found: Examined, lateness: Lateness) -> Verdict:
    """A verdict with the item that it is about."""
    item = found.item
    if isinstance(item, CommentFact):
        verdict = replace(verdict, comment_id=item.comment_id, permalink=item.permalink)
    else:
        verdict = replace(verdict, permalink=item.url)
    return replace(verdict, post_id=item.post_id, clock=lateness.clock, blog_ids=(item.blog_id,))


def _say_met(candidate: Candidate, lateness: Lateness, setting: Setting) -> str:
    at, words = say_instant(lateness.taken_at, setting.zone), candidate.examined.item.counts.words
    if isinstance(candidate.source, Companion):
        if not candidate.part.links:
            return f"Published {at}; {say_count(words, 'word')}."
        if not candidate.source.linked:
            return f"Published {at}; no comment is found yet to hold its links against."
        return f"Published {at}; links {say_count(candidate.source.linked, 'commented post')}."
    grace = f", {say_span(lateness.late_by_s)} into the grace" if lateness.late_by_s else ""
    return f"{say_count(words, 'word')}, {at}{grace}."


def _by_receipt(
    setting: Setting, slot: Requirement, candidate: Candidate, receipt: ReceiptFact
) -> Verdict | None:
    part = candidate.part
    period = next(one for one in part.periods if one.number == candidate.period)
    window = setting.slot_window(part, slot, period)
    if not speaks_for(setting, part, receipt, window):
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
    earns = FULL if setting.terms.held is not HeldCredit.NONE else Decimal(0)
    blog_ids = places_now(part, setting.facts)
    return Verdict(slot.key, state, reason, says, window.due_at, blog_ids=blog_ids, credit=earns)


def _looked_since(setting: Setting, receipt: ReceiptFact) -> bool:
    sight = setting.sights.get(receipt.blog_id or 0)
    seen = sight is not None and sight.can_be_seen
    return seen and sight is not None and sight.looked_at is not None and sight.looked_at > receipt.saved_at


def _empty(setting: Setting, part: PartRule, slot: Requirement, remarks: tuple[str, ...]) -> Verdict:
    window, zone = setting.slot_window(part, slot), setting.zone
    blog_ids = places_now(part, setting.facts)
    unseen = _find_unseen(setting, part, blog_ids, window)
    due = say_due(window.due_at, zone)
    hints = remarks
    if setting.as_of < window.due_at:
        state, reason, says = State.NOT_DUE, "not-due", f"Due {due}."
        if part.kind is RequirementKind.COMMENT:
            if window.opens_at is not None and setting.as_of < window.opens_at:
                reason, says = "not-open", f"Opens {say_instant(window.opens_at, zone)}; due {due}."
            if unseen is not None and unseen.reason in _WORTH_A_WARNING:
                hints = (*remarks, unseen.says)
        elif not blog_ids:
            hints = (*remarks, "No class blog is known yet.")
    elif not blog_ids:
        state, (reason, says) = State.CANNOT_SEE, _NOWHERE[part.kind]
    elif unseen is not None:
        state, reason, says = State.CANNOT_SEE, unseen.reason, unseen.says
    elif part.kind is RequirementKind.COMMENT:
        state, reason = State.NOT_FOUND_YET, "not-found"
        says = f"We looked everywhere after {due}; nothing of theirs for this."
    else:
        state, reason = State.NOT_FOUND_YET, "no-summary" if part.links else "no-post"
        says = f"We looked at their class blog after {due}; no {part.noun} yet."
    return Verdict(slot.key, state, reason, says, window.due_at, hints=hints, blog_ids=blog_ids)


def _find_unseen(
    setting: Setting, part: PartRule, blog_ids: tuple[int, ...], window: Window
) -> Unseen | None:
    if part.kind is RequirementKind.POST:
        return find_unseen(blog_ids, setting.class_sights, window, setting.zone, what="posts")
    seen = tuple(one for one in blog_ids if _can_be_seen(setting, one))
    if part.target.where is not Where.ALLOCATED and seen:
        # Among many blogs to choose from, those that never show us a comment hold nobody up; a
        # comment there needs a receipt.
        return find_unseen(seen, setting.sights, window, setting.zone)
    return find_unseen(blog_ids, setting.sights, window, setting.zone)


def _can_be_seen(setting: Setting, blog_id: int) -> bool:
    sight = setting.sights.get(blog_id)
    return sight is None or sight.can_be_seen


_NOWHERE = {
    RequirementKind.COMMENT: ("no-blog-allocated", "No blog is assigned to them yet."),
    RequirementKind.POST: ("no-class-blog", "We know no class blog of theirs."),
}

"""The verdict of one requirement, with or without something in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from tracker.domain.assignment import HeldCredit, PartRule, Requirement, RequirementKind, Where, Window
from tracker.domain.grade import CommentFact, ExceptionFact, Lateness, ReceiptFact, Timing, Verdict
from tracker.domain.reason import Param, Reason, instant_param
from tracker.domain.states import State
from tracker.grading.judging.companions import Companion
from tracker.grading.judging.conditions import HIDDEN_TEXT, Examined, judge_item
from tracker.grading.judging.coverage import find_unseen
from tracker.grading.judging.eligibility import places_now
from tracker.grading.judging.items import ItemCandidate, speaks_for
from tracker.grading.judging.terms_for_student import Setting

FULL = Decimal(100)

# What a student should know before the due instant, while a receipt can still be saved.
_WORTH_A_WARNING = {"no-comment-feed", "kept-elsewhere", "blog-failing", "opted-out"}


def settled(slot: Requirement, by: ExceptionFact) -> Verdict:
    """The verdict of a requirement that a person settled: excused, or handed in another way."""
    if by.kind == "substitute":
        note: dict[str, Param] = {"note": by.says} if by.says else {}
        return Verdict(slot.key, State.MET, "substitute", slot.window.due_at, note, credit=FULL)
    return Verdict(slot.key, State.EXCUSED, "excused", slot.window.due_at)


def filled(setting: Setting, slot: Requirement, candidate: ItemCandidate) -> Verdict | None:
    """The verdict of a requirement with an item in it; None when the item earns it nothing."""
    if isinstance(candidate.source, ReceiptFact):
        return _by_receipt(setting, slot, candidate, candidate.source)
    return _by_item(setting, slot, candidate)


def unfilled(
    setting: Setting,
    part: PartRule,
    slot: Requirement,
    short: Examined | None,
    remarks: tuple[Reason, ...] = (),
) -> Verdict:
    """The verdict of a requirement with nothing in it. `short` is an item that only its text keeps
    from counting, or that its blog hides; `remarks` say what else was found. "Not found yet" comes last:
    only when we checked everywhere after the due instant."""
    verdict = _empty(setting, part, slot, remarks)
    if short is not None and short.refusal == HIDDEN_TEXT:
        return _hidden(verdict, short)
    if short is None or verdict.state is State.CANNOT_SEE:
        return verdict
    decided = State.NOT_DUE if verdict.state is State.NOT_DUE else State.DOES_NOT_COUNT
    verdict = replace(
        verdict, state=decided, reason=short.refusal, params=short.params(short.refusal), hints=()
    )
    return replace(_show(verdict, short, short.lateness), blog_ids=verdict.blog_ids)


def _hidden(verdict: Verdict, found: Examined) -> Verdict:
    """Something is there, and its blog shows something else in place of its text."""
    reason = "text-hidden" if isinstance(found.item, CommentFact) else "post-hidden"
    params: dict[str, Param] = {
        "found": instant_param(found.lateness.taken_at),
        "blog_id": found.item.blog_id,
    }
    verdict = replace(verdict, state=State.CANNOT_SEE, reason=reason, params=params, hints=())
    return _show(verdict, found, found.lateness)


def _by_item(setting: Setting, slot: Requirement, candidate: ItemCandidate) -> Verdict:
    found, part = candidate.examined, candidate.part
    item = found.item
    period = next(one for one in part.periods if one.number == candidate.period)
    window = setting.slot_window(part, slot, period, item.blog_id)
    lateness = judge_item(setting, part, item, window)
    credit = Decimal(found.earns * lateness.earns) / 100
    is_late = lateness.timing in {Timing.LATE, Timing.CLOSED}
    hints = found.hints
    params: dict[str, Param] = {}
    if isinstance(candidate.source, Companion) and candidate.source.doubt:
        doubt = candidate.source
        state, reason = State.IN_REVIEW, doubt.doubt
        params = {
            "found": instant_param(lateness.taken_at),
            "linked": doubt.linked,
            "credited": doubt.credited,
        }
        if lateness.timing is Timing.LATE:
            due_at = instant_param(window.due_at)
            hints += (Reason("late", {"late_by_s": lateness.late_by_s, "due_at": due_at}),)
        elif lateness.timing is Timing.QUESTIONABLE:
            hints += lateness.clock
    elif isinstance(item, CommentFact) and item.undecided:
        state, reason = State.IN_REVIEW, "undecided-late" if is_late else "undecided"
    elif is_late:
        state, reason, params = State.LATE, "late", {"late_by_s": lateness.late_by_s}
        if part.late:
            params["credit"] = float(credit)
    elif lateness.timing is Timing.QUESTIONABLE:
        state, reason = State.DATE_QUESTIONABLE, "date"
    else:
        state, reason, params = State.MET, "on-time", _met(candidate, lateness)
    verdict = Verdict(slot.key, state, reason, window.due_at, params, hints=hints, credit=credit)
    return _show(verdict, found, lateness)


def _show(verdict: Verdict, found: Examined, lateness: Lateness) -> Verdict:
    """A verdict with the item that it is about."""
    item = found.item
    if isinstance(item, CommentFact):
        verdict = replace(verdict, comment_id=item.comment_id, permalink=item.permalink)
    else:
        verdict = replace(verdict, permalink=item.url)
    clock, marks = (*lateness.clock, *found.then.clock), found.then.marks
    if isinstance(item, CommentFact) and item.copy_percent is not None:
        marks += (Reason("copy", {"percent": item.copy_percent}),)
    return replace(verdict, post_id=item.post_id, clock=clock, blog_ids=(item.blog_id,), marks=marks)


def _met(candidate: ItemCandidate, lateness: Lateness) -> dict[str, Param]:
    at, words = instant_param(lateness.taken_at), candidate.examined.item.counts.words
    if not isinstance(candidate.source, Companion):
        met: dict[str, Param] = {"posted": at, "words": words}
        return {**met, "grace_s": lateness.late_by_s} if lateness.late_by_s else met
    if not candidate.part.links:
        return {"published": at, "words": words}
    linked = candidate.source.linked
    return {"published": at, "linked": linked} if linked else {"published": at}


def _by_receipt(
    setting: Setting, slot: Requirement, candidate: ItemCandidate, receipt: ReceiptFact
) -> Verdict | None:
    part = candidate.part
    period = next(one for one in part.periods if one.number == candidate.period)
    window = setting.slot_window(part, slot, period)
    if not speaks_for(setting, part, receipt, window):
        return None
    if receipt.blog_id is None:
        state, reason = State.IN_REVIEW, "receipt-elsewhere"
    elif _checked_since(setting, receipt):
        state, reason = State.IN_MODERATION, "held-by-owner"
    elif setting.terms.held is not HeldCredit.NONE:
        state, reason = State.PROVISIONAL, "receipt-on-time"
    elif setting.as_of < window.due_at:
        state, reason = State.NOT_DUE, "receipt-saved"
    else:
        return None
    earns = FULL if setting.terms.held is not HeldCredit.NONE else Decimal(0)
    saved: dict[str, Param] = {"saved": instant_param(receipt.saved_at)}
    blog_ids = places_now(part, setting.facts)
    return Verdict(slot.key, state, reason, window.due_at, saved, blog_ids=blog_ids, credit=earns)


def _checked_since(setting: Setting, receipt: ReceiptFact) -> bool:
    sight = setting.sights.get(receipt.blog_id or 0)
    if sight is None or not sight.can_be_seen or sight.fully_checked_at is None:
        return False
    return sight.fully_checked_at > receipt.saved_at


def _empty(setting: Setting, part: PartRule, slot: Requirement, remarks: tuple[Reason, ...]) -> Verdict:
    window = setting.slot_window(part, slot)
    blog_ids = places_now(part, setting.facts)
    unseen = _find_unseen(setting, part, blog_ids, window)
    is_comment = part.kind is RequirementKind.COMMENT
    hints = remarks
    params: Mapping[str, Param] = {}
    if setting.as_of < window.due_at:
        state, reason = State.NOT_DUE, "not-due"
        if is_comment and window.opens_at is not None and setting.as_of < window.opens_at:
            reason, params = "not-open", {"opens_at": instant_param(window.opens_at)}
        if is_comment and unseen is not None and unseen.code in _WORTH_A_WARNING:
            hints = (*remarks, unseen)
        elif not is_comment and not blog_ids:
            hints = (*remarks, Reason("class-blog-unknown"))
    elif not blog_ids:
        state, reason = State.CANNOT_SEE, "no-blog-allocated" if is_comment else "no-class-blog"
    elif unseen is not None:
        state, reason, params = State.CANNOT_SEE, unseen.code, unseen.params
    elif is_comment:
        state, reason = State.NOT_FOUND_YET, "not-found"
    else:
        state, reason = State.NOT_FOUND_YET, "no-summary" if part.links else "no-post"
    return Verdict(slot.key, state, reason, window.due_at, params, hints=hints, blog_ids=blog_ids)


def _find_unseen(
    setting: Setting, part: PartRule, blog_ids: tuple[int, ...], window: Window
) -> Reason | None:
    if part.kind is RequirementKind.POST:
        return find_unseen(blog_ids, setting.class_sights, window, is_class_blog=True)
    sights = setting.sights
    seen = tuple(one for one in blog_ids if one not in sights or sights[one].can_be_seen)
    if part.target.where is not Where.ALLOCATED and seen:
        # Among many blogs to choose from, those that never show us a comment keep no student waiting; a
        # comment there needs a receipt.
        return find_unseen(seen, sights, window)
    return find_unseen(blog_ids, sights, window)

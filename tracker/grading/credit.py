"""Which comments count together, and so where every requirement stands for one student.

Whether a comment can count at all is decided in `conditions`, what an empty slot means in
`slots`, the summary post in `summary`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.assignment import AssignmentTerms, RequirementKind
from tracker.domain.grade import (
    BlogSight,
    Judgement,
    NotCounted,
    ReceiptFact,
    State,
    StudentFacts,
    Timing,
    Verdict,
)
from tracker.grading.choose import choose
from tracker.grading.conditions import Examined, refuse
from tracker.grading.items import Item, Setting, examine_all, gather, use_up
from tracker.grading.slots import excused, filled, unfilled
from tracker.grading.summary import CommentedPost, judge_summary

RULES_VERSION = "2026.1"
"""Stored beside every verdict; raised whenever the same facts may come out differently."""

_REMARKS = {
    "same-post": "Another comment is there, on the same post; the rule asks for different posts.",
    "same-text": "Another comment is there with the same text; the two are one.",
}
_COUNTED = {State.MET, State.LATE}
_FOUND = {State.MET, State.LATE, State.DATE_QUESTIONABLE}


def judge_student(
    terms: AssignmentTerms,
    facts: StudentFacts,
    sights: Mapping[int, BlogSight],
    class_sights: Mapping[int, BlogSight],
    as_of: datetime,
    zone: ZoneInfo,
) -> Judgement:
    """Judge one student's work for one assignment at an instant.

    A pure function: the same facts, in any order, give the same judgement. `sights` tells how
    well we see the comments of the allocated blogs, `class_sights` the posts of class blogs. A
    comment that is gone from its blog keeps its credit: having been seen is what counts.
    """
    setting = Setting(terms, facts, sights, as_of, zone)
    examined = examine_all(setting)
    items = gather(setting, examined)
    places = choose([use_up(item, terms) for item in items], len(setting.open_slots()))
    chosen = [items[place] for place in places]
    not_counted = _refused(setting, examined, chosen)
    verdicts = _judge_comments(setting, examined, chosen, not_counted)
    counted = tuple(v.comment_id for v in verdicts if v.comment_id is not None and v.state in _COUNTED)
    companion = None
    for part in terms.requirements():
        if part.kind is RequirementKind.SUMMARY:
            credited = sum(verdict.state in _FOUND for verdict in verdicts)
            commented = _commented_posts(examined, items)
            verdict, early = judge_summary(setting, part, class_sights, commented, credited)
            verdicts.append(verdict)
            not_counted += early
            companion = verdict.post_id
    return Judgement(tuple(verdicts), counted, not_counted, companion)


def _judge_comments(
    setting: Setting, examined: Sequence[Examined], chosen: Sequence[Item], not_counted: Sequence[NotCounted]
) -> list[Verdict]:
    """Deal the chosen items to the slots: those due first take the best and earliest."""
    waiting = list(chosen)
    short = _short_ones(setting, examined, chosen)
    remarks = tuple(
        dict.fromkeys(one.says for one in not_counted if one.reason in {"same-post", "same-text"})
    )
    by_key: dict[str, Verdict] = {}
    for slot in sorted(setting.open_slots(), key=lambda slot: setting.slot_window(slot).due_at):
        verdict = filled(setting, slot, waiting.pop(0)) if waiting else None
        if verdict is None:
            verdict = unfilled(setting, slot, short.pop(0) if short else None, remarks)
        by_key[slot.key] = verdict
    return [by_key.get(slot.key) or excused(slot) for slot in setting.comment_slots()]


def _short_ones(setting: Setting, examined: Sequence[Examined], chosen: Sequence[Item]) -> list[Examined]:
    """Comments that only their length keeps from counting, the earliest first; one a post, and
    none on the post of a chosen one, where posts must differ."""
    short = [found for found in examined if found.refusal == "too-short" and not found.comment.undecided]
    short.sort(key=lambda found: (found.lateness.taken_at, found.comment.comment_id))
    if not setting.terms.comments.different_posts:
        return short
    used = {_post_key(item) for item in chosen}
    by_post = {found.comment.post_key: found for found in reversed(short)}
    return [found for found in short if found is by_post[found.comment.post_key] and _key(found) not in used]


def _refused(
    setting: Setting, examined: Sequence[Examined], chosen: Sequence[Item]
) -> tuple[NotCounted, ...]:
    """The student's own comments that were found and do not count, each with its reason."""
    if not setting.open_slots():
        return ()
    counted = {item.number for item in chosen if isinstance(item.source, Examined)}
    refused = []
    for found in examined:
        if found.comment.undecided or found.comment.comment_id in counted:
            continue
        reason = found.refusal or _why_left_out(setting.terms, found, chosen)
        if reason in {"other-blog", "not-needed"} and found.lateness.timing in {Timing.EARLY, Timing.LATE}:
            continue  # outside the window it belongs to another assignment
        refused.append(refuse(found, reason, setting.zone))
    return tuple(refused)


def _why_left_out(terms: AssignmentTerms, found: Examined, chosen: Sequence[Item]) -> str:
    if terms.comments.different_posts and _key(found) in {_post_key(item) for item in chosen}:
        return "same-post"
    counted = [item.source.comment for item in chosen if isinstance(item.source, Examined)]
    texts = {comment.text_hash for comment in counted if comment.text_hash and comment.words}
    return "same-text" if found.comment.words and found.comment.text_hash in texts else "not-needed"


def _commented_posts(examined: Sequence[Examined], items: Sequence[Item]) -> list[CommentedPost]:
    """Every post a summary may rightly link: those of comments that are, or may be, the student's,
    too short ones included, and those their receipts name."""
    comments = [found.comment for found in examined if found.refusal in {"", "too-short"}]
    receipts = [item.source for item in items if isinstance(item.source, ReceiptFact)]
    return [
        *(CommentedPost(comment.post_id, comment.post_key) for comment in comments),
        *(CommentedPost(None, receipt.post_key) for receipt in receipts if receipt.post_key),
    ]


def _post_key(item: Item) -> str:
    return item.source.post_key if isinstance(item.source, ReceiptFact) else _key(item.source)


def _key(found: Examined) -> str:
    return found.comment.post_key

"""Which items count together, and so where every requirement stands for one student.

Whether an item can count at all is decided in `conditions`, which set is the best in `choose`, what
a requirement's verdict is in `slots`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from math import lcm
from zoneinfo import ZoneInfo

from tracker.domain.assignment import (
    AssignmentTerms,
    Combine,
    Different,
    PartRule,
    Requirement,
    RequirementKind,
    WorthKind,
)
from tracker.domain.grade import (
    BlogSight,
    CommentFact,
    Judgment,
    NotCounted,
    ReceiptFact,
    StudentFacts,
    Timing,
    Verdict,
)
from tracker.domain.reason import Reason
from tracker.domain.states import COUNTED, HAS_ITEM, MAY_HIDE_MORE
from tracker.grading.judging.companions import CommentedPost, find_companions
from tracker.grading.judging.conditions import HIDDEN_TEXT, Examined, examine, is_elsewhere
from tracker.grading.judging.constraints import limit
from tracker.grading.judging.items import ItemCandidate, ItemStanding, gather, gather_companions
from tracker.grading.judging.refusals import remark, why_left_out
from tracker.grading.judging.requirement import filled, settled, unfilled
from tracker.grading.judging.selection import Value, choose
from tracker.grading.judging.terms_for_student import Setting
from tracker.grading.windows import find_settled

RULES_VERSION = "2026.5"
"""Stored beside every verdict; raised whenever the same facts may come out differently."""


def judge_student(
    terms: AssignmentTerms,
    facts: StudentFacts,
    sights: Mapping[int, BlogSight],
    class_sights: Mapping[int, BlogSight],
    as_of: datetime,
    zone: ZoneInfo,
) -> Judgment:
    """Judge one student's work for one assignment at an instant.

    A pure function: the same facts, in any order, give the same judgment. `sights` tells how
    well we see the comments of blogs, `class_sights` the posts of class blogs. A comment that is
    gone from its blog keeps its credit: having been seen is what counts.
    """
    setting = Setting(terms, facts, sights, class_sights, as_of, zone)
    verdicts, not_counted, commented = _judge_comments(setting)
    for_posts, early = _judge_posts(setting, commented, verdicts)
    verdicts |= for_posts
    ordered = tuple(verdicts[slot.key] for slot in terms.requirements() if slot.key in verdicts)
    counted = tuple(one.comment_id for one in ordered if one.comment_id is not None and one.state in COUNTED)
    return Judgment(ordered, counted, not_counted + early)


def _judge_comments(
    setting: Setting,
) -> tuple[dict[str, Verdict], tuple[NotCounted, ...], dict[str, list[CommentedPost]]]:
    parts = [part for part in setting.terms.parts if part.kind is RequirementKind.COMMENT]
    comments = sorted(setting.facts.comments, key=lambda comment: comment.comment_id)
    examined = {
        part.key: [examine(setting, part, one) for one in comments if not is_elsewhere(setting, part, one)]
        for part in parts
    }
    candidates = [one for part in parts for one in gather(setting, part, examined[part.key])]
    chosen = _choose(setting, candidates)
    not_counted = _refused(setting, examined, chosen)
    verdicts: dict[str, Verdict] = {}
    for part in parts:
        mine = [one for one in chosen if one.part is part]
        verdicts |= _deal(
            setting, part, mine, _lacking_ones(part, examined[part.key], chosen), remark(not_counted)
        )
    commented = {
        part.key: _commented_posts(examined[part.key], [one for one in candidates if one.part is part])
        for part in parts
    }
    return verdicts, not_counted, commented


def _judge_posts(
    setting: Setting, commented: Mapping[str, list[CommentedPost]], judged: Mapping[str, Verdict]
) -> tuple[dict[str, Verdict], tuple[NotCounted, ...]]:
    candidates: list[ItemCandidate] = []
    refused: tuple[NotCounted, ...] = ()
    hidden: dict[str, list[Examined]] = {}
    parts = [part for part in setting.terms.parts if part.kind is RequirementKind.POST]
    for part in parts:
        if not setting.open_slots(part):
            continue
        of = part.links.part if part.links else ""
        keys = {slot.key for slot in setting.terms.requirements() if slot.part == of}
        credited = sum(judged[key].state in HAS_ITEM for key in keys if key in judged)
        found = find_companions(setting, part, commented.get(of, []), credited)
        candidates += gather_companions(part, found.candidates)
        refused += found.refused
        hidden[part.key] = found.hidden
    chosen = _choose(setting, candidates)
    verdicts: dict[str, Verdict] = {}
    for part in parts:
        verdicts |= _deal(
            setting, part, [one for one in chosen if one.part is part], hidden.get(part.key, []), ()
        )
    return verdicts, refused


def _choose(setting: Setting, candidates: Sequence[ItemCandidate]) -> list[ItemCandidate]:
    """The best set of candidates, the best first. Where the latest item decides what a part earns, the
    best that is complete without the latest."""
    ordered = sorted(_as_new(candidates), key=_order)
    whole = {one.part.key for one in ordered if one.part.late is not None and one.part.late.of_whole}
    for least in sorted({one.earns for one in ordered if one.part.key in whole}, reverse=True):
        enough = [one for one in ordered if one.part.key not in whole or one.earns >= least]
        chosen = _best(setting, enough)
        if all(
            sum(one.part.key == key for one in chosen) >= setting.terms.part(key).quota.required
            for key in whole
        ):
            return chosen
    return _best(setting, ordered)


def _best(setting: Setting, ordered: Sequence[ItemCandidate]) -> list[ItemCandidate]:
    shares = _shares(setting.terms)
    groups = {
        key: slots for part in setting.terms.parts for key, slots in setting.by_themselves(part).items()
    }
    values = [_value(one, shares[one.part.key], _need(one, groups)) for one in ordered]
    return [ordered[place] for place in choose(values, limit(setting, ordered))]


def _need(one: ItemCandidate, groups: Mapping[str, Sequence[Requirement]]) -> int:
    """Required work that is due like the rest first (2), then what has more time (1), then what is
    optional (0); all the same where nothing stands apart."""
    if one.group:
        return 0 if groups[one.group][0].is_optional else 1
    return 2 if groups else 0


def _shares(terms: AssignmentTerms) -> dict[str, int]:
    """What one item of each part adds to the whole, in whole numbers: so many times the least."""
    if len(terms.parts) == 1:
        return {terms.parts[0].key: 1}
    shares = {
        part.key: Fraction(part.worth.item_points or 0)
        if terms.combine is Combine.POOL
        else Fraction(part.worth.weight, part.quota.required or part.quota.credited)
        for part in terms.parts
    }
    scale = lcm(*(share.denominator for share in shares.values()))
    return {key: int(share * scale) for key, share in shares.items()}


def _as_new(candidates: Sequence[ItemCandidate]) -> list[ItemCandidate]:
    """Where blogs must be new, a comment may be counted as on a new blog, or not."""
    new = [replace(one, is_new=True) for one in candidates if one.part.spread.new_blogs]
    return [*new, *candidates]


def _order(one: ItemCandidate) -> tuple[object, ...]:
    place = one.at, one.number, one.period, one.part.key, one.group
    return one.earns == 0, one.standing, -one.earns, not one.is_new, *place


def _value(one: ItemCandidate, share: int, need: int) -> Value:
    """What crediting an item adds to the whole (`share` of its part): where all or nothing counts, that
    it is there, else what it earns; then what it earns; then as many as possible that are required, and
    of them where they are due first; then as many as possible in the best standing, then in the next."""
    some = 100 * int(one.earns > 0)
    first = share * (one.earns if one.part.worth.kind is WorthKind.EACH else some)
    unnamed = one.rank[-1]
    standings = (int(one.standing is standing) for standing in ItemStanding)
    needs = int(need > 0 and one.earns > 0), int(need > 1 and one.earns > 0)
    return (first, one.earns, *needs, *standings, unnamed + 1)


def _deal(
    setting: Setting,
    part: PartRule,
    chosen: Sequence[ItemCandidate],
    lacking: list[Examined],
    remarks: tuple[Reason, ...],
) -> dict[str, Verdict]:
    """Deal the chosen items to the requirements of a part: those of their own period first, then those
    of any period; in each, those due first take the best and earliest."""
    waiting = list(chosen)
    verdicts: dict[str, Verdict] = {}
    slots = setting.open_slots(part)
    group_of = {slot.key: key for key, group in setting.by_themselves(part).items() for slot in group}
    shown_optional = False
    for slot in sorted(slots, key=lambda slot: (slot.period is None, setting.slot_window(part, slot).due_at)):
        place = next((n for n, one in enumerate(waiting) if _may_fill(one, slot, group_of)), None)
        verdict = None if place is None else filled(setting, slot, waiting.pop(place))
        if verdict is None:
            nearest = _take_lacking(lacking, slot)
            verdict = unfilled(setting, part, slot, nearest, remarks)
            if slot.is_optional and nearest is None:
                is_closed = verdict.state not in MAY_HIDE_MORE
                if shown_optional or (is_closed and (verdicts or part.quota.required)):
                    continue
                shown_optional = True
        verdicts[slot.key] = verdict
    for slot in part.requirements():
        by = find_settled(setting.facts.exceptions, slot.key)
        if by is not None:
            verdicts[slot.key] = settled(slot, by)
    return verdicts


def _may_fill(one: ItemCandidate, slot: Requirement, group_of: Mapping[str, str]) -> bool:
    """What was chosen for a group fills that group, the rest whatever its period asks for."""
    return one.group == group_of.get(slot.key, "") and slot.period in {None, one.period}


def _take_lacking(lacking: list[Examined], slot: Requirement) -> Examined | None:
    place = next((n for n, one in enumerate(lacking) if slot.period in {None, one.fits[0].period}), None)
    return None if place is None else lacking.pop(place)


def _lacking_ones(
    part: PartRule, examined: Sequence[Examined], chosen: Sequence[ItemCandidate]
) -> list[Examined]:
    """Comments that only their text keeps from counting: those whose text is hidden, then those that fall
    short, the earliest first; one a post, and none on the post of a chosen one, where posts must differ."""
    lacking = [
        found
        for found in examined
        if found.refusal == HIDDEN_TEXT
        or (found.refusal in {"too-short", "lacks"} and not _comment(found).undecided)
    ]
    lacking.sort(
        key=lambda found: (
            found.refusal != HIDDEN_TEXT,
            found.lateness.taken_at,
            _comment(found).comment_id,
        )
    )
    if part.spread.different is Different.NOTHING:
        return lacking
    used = {one.post_key for one in chosen}
    by_post = {_comment(found).post_key: found for found in reversed(lacking)}
    return [
        found
        for found in lacking
        if found is by_post[_comment(found).post_key] and _comment(found).post_key not in used
    ]


def _refused(
    setting: Setting, examined: Mapping[str, Sequence[Examined]], chosen: Sequence[ItemCandidate]
) -> tuple[NotCounted, ...]:
    """The student's own comments that were found and count for no part, each with the reason of the
    part that comes nearest to counting it."""
    counted = {one.number for one in chosen if not isinstance(one.source, ReceiptFact)}
    by_comment: dict[int, NotCounted] = {}
    for part in setting.terms.parts:
        if not setting.open_slots(part):
            continue
        for found in examined.get(part.key, ()):
            comment = _comment(found)
            if comment.undecided or comment.comment_id in counted or found.refusal == HIDDEN_TEXT:
                continue
            reason = found.refusal or why_left_out(comment, part, chosen)
            outside = found.lateness.timing in {Timing.EARLY, Timing.LATE, Timing.CLOSED}
            if reason in {"other-blog", "not-needed"} and outside:
                continue  # outside the window it belongs to another assignment
            known = by_comment.get(comment.comment_id)
            if known is None or known.reason == "other-blog":
                params, comment_id = found.params(reason), comment.comment_id
                by_comment[comment_id] = NotCounted(comment.permalink, reason, params, comment_id=comment_id)
    return tuple(by_comment[number] for number in sorted(by_comment))


def _commented_posts(
    examined: Sequence[Examined], candidates: Sequence[ItemCandidate]
) -> list[CommentedPost]:
    """Every post a summary may rightly link: those of comments that are, or may be, the student's,
    too short and hidden ones included, and those their receipts name."""
    comments = [
        _comment(found) for found in examined if found.refusal in {"", "too-short", "lacks", HIDDEN_TEXT}
    ]
    receipts = [one.source for one in candidates if isinstance(one.source, ReceiptFact)]
    return [
        *(CommentedPost(comment.post_id, comment.post_key) for comment in comments),
        *(CommentedPost(None, receipt.post_key) for receipt in receipts if receipt.post_key),
    ]


def _comment(found: Examined) -> CommentFact:
    assert isinstance(found.item, CommentFact)  # noqa: S101 - asked of parts of comments only
    return found.item

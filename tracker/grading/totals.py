"""The grades of a course's assignments -> its total: a gate over all that is required, and weighted means.

Everything is reckoned exactly and rounded once, half up, at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tracker.domain.errors import TrackerError
from tracker.domain.record import GradeRecord
from tracker.domain.totals import Group, Total, TotalRule, TotalStanding
from tracker.grading.score import round_half_up

_KEYS = {"required", "passed", "otherwise", "groups", "decimals"}
_GROUP_KEYS = {"title", "of", "weight", "best", "drop"}
OPEN = TotalStanding(None, None)
EXCUSED = TotalStanding(True, None)


def total_of(rule: TotalRule, grades: Mapping[str, TotalStanding]) -> Total:
    """One student's total, by their grades (assignment's key -> grade; one that is not there is open)."""
    missing = tuple(key for key in rule.required if grades.get(key, OPEN).satisfactory is False)
    asked = dict.fromkeys((*rule.required, *(key for group in rule.groups for key in group.of)))
    still_open = tuple(key for key in asked if grades.get(key, OPEN).satisfactory is None)
    percent = _percent(rule, grades)
    mean = "" if percent is None else f"{percent:f}"
    return Total(rule.otherwise if missing else rule.passed or mean, percent, missing, still_open)


def standing_of(record: GradeRecord | None, points: Decimal | None) -> TotalStanding:
    """A recorded grade, else what the rule proposes. Points without a word are satisfactory in full; an
    excuse lacks nothing and counts in no mean."""
    if record is None:
        return OPEN
    if record.grade is None and record.is_excused:
        return EXCUSED
    if record.grade is not None:
        value, satisfactory = record.grade.value, record.grade.satisfactory
    else:
        value, satisfactory = record.proposal.points, record.proposal.satisfactory
    if value is None or not points:
        return TotalStanding(satisfactory, None if satisfactory is None else Fraction(int(satisfactory)))
    share = Fraction(value) / Fraction(points)
    return TotalStanding(share >= 1 if satisfactory is None else satisfactory, share)


def say_total(total: Total) -> str:
    """ "A", "A so far", "D: c4t-2 and c4t-3 not yet", "87.5"."""
    if total.missing:
        return f"{total.grade}: {_list(total.missing)} not yet"
    return f"{total.grade} so far" if total.grade and total.is_so_far else total.grade


def say_rule(rule: TotalRule) -> str:
    """The rule in plain sentences, the same for all readers."""
    said = []
    if rule.required:
        passed = f", for {rule.passed}" if rule.passed else ""
        said.append(f"{_list(rule.required)} must be satisfactory{passed}; otherwise {rule.otherwise}.")
    for group in rule.groups:
        best = f"the best {group.best} of " if group.best is not None else ""
        drop = f" without the {group.drop} lowest" if group.drop else ""
        said.append(f"{group.title}: the average of {best}{_list(group.of)}{drop}, weight {group.weight}.")
    return " ".join(said)


def read_rule(document: Mapping[str, Any], known: Collection[str] | None = None) -> TotalRule:
    """The rule as a course's settings hold it. `known` are the keys of its assignments; "all" as
    `required` stands for them. TrackerError with a sentence for the person who wrote it."""
    _refuse_unknown(document, _KEYS, "a total")
    required, groups = document.get("required", []), document.get("groups", [])
    if not isinstance(groups, list):
        raise TrackerError("“groups” must be a list of groups.")
    rule = TotalRule(
        required=tuple(sorted(known or ())) if required == "all" else _texts(required, "required"),
        passed=_text(document.get("passed", "")),
        otherwise=_text(document.get("otherwise", "D")) or "D",
        groups=tuple(_group(one) for one in groups),
        decimals=_whole(document.get("decimals", 1), "decimals", 0, 2),
    )
    if not rule.required and not rule.groups:
        raise TrackerError("Choose required assignments, or put assignments into a group to average.")
    asked = {*rule.required, *(key for group in rule.groups for key in group.of)}
    if known is not None and asked - set(known):
        raise TrackerError(f"This course has no assignment {_list(sorted(asked - set(known)))}.")
    return rule


def _percent(rule: TotalRule, grades: Mapping[str, TotalStanding]) -> Decimal | None:
    """The weighted mean of the groups that have a grade; None while none has."""
    means = [(group.weight, _mean_of(group, grades)) for group in rule.groups]
    counted = [(weight, mean) for weight, mean in means if mean is not None]
    weights = sum(weight for weight, _ in counted)
    if not weights:
        return None
    percent = 100 * sum(weight * mean for weight, mean in counted) / Fraction(weights)
    return round_half_up(percent, rule.decimals)


def _mean_of(group: Group, grades: Mapping[str, TotalStanding]) -> Fraction | None:
    """Of those that have a grade. The lowest go first, but never all of them."""
    known = [share for key in group.of if (share := grades.get(key, OPEN).share) is not None]
    shares = sorted(known, reverse=True)
    kept = shares[: max(1, len(shares) - group.drop)][: group.best]
    return Fraction(sum(kept), len(kept)) if kept else None


def _group(document: Any) -> Group:
    if not isinstance(document, Mapping):
        raise TrackerError("A group must have a title and a list of assignments.")
    _refuse_unknown(document, _GROUP_KEYS, "a group")
    of = _texts(document.get("of", []), "of")
    if not of:
        raise TrackerError("A group needs at least one assignment.")
    best, drop = document.get("best"), document.get("drop", 0)
    if best is not None and drop:
        raise TrackerError("A group can count its best or drop its lowest, not both.")
    return Group(
        title=_text(document.get("title", "")) or "Group",
        of=of,
        weight=_whole(document.get("weight", 1), "weight", 1, 1000),
        best=None if best is None else _whole(best, "best", 1, len(of)),
        drop=_whole(drop, "drop", 0, len(of) - 1),
    )


def _refuse_unknown(document: Mapping[str, Any], known: set[str], what: str) -> None:
    unknown = sorted(set(document) - known)
    if unknown:
        raise TrackerError(f"{_list(unknown)} is not known in {what}. Use {_list(sorted(known))}.")


def _texts(value: Any, what: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TrackerError(f"“{what}” must be a list of assignment keys.")
    if len(set(value)) < len(value):
        raise TrackerError(f"“{what}” names an assignment twice.")
    return tuple(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 40:
        raise TrackerError("A grade or a title must be text of at most 40 characters.")
    return value.strip()


def _whole(value: Any, what: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise TrackerError(f"“{what}” must be a whole number from {least} to {most}.")
    return value


def _list(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))

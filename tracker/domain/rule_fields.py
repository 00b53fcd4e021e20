"""How the values of a rule describe their fields: type and default as annotated, bounds as metadata.

Checks, forms and files are made from these descriptions. What each field means together with others is
left to `grading.rules`, its words to `wording`.

Tested in tests/wording/test_rule_form.py and tests/grading/rules/test_bounds.py.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

MOST = 100_000
"""No number of a rule is larger; minutes of grace are the largest that courses ask for (a week: 10,080)."""


@dataclass(frozen=True, slots=True)
class RuleField:
    """A field of a rule. `key` names it in the rule's value, its file and its form; `kind` is its type
    where it holds something; `default` 0 where the rule itself has none."""

    key: str
    kind: type
    default: Any
    least: int
    most: int


def within(least: int, most: int = MOST) -> dict[str, tuple[int, int]]:
    """Metadata of a field: the bounds of its number. Without it they are 0 and MOST."""
    return {_BOUNDS: (least, most)}


@cache
def describe(kind: Any) -> tuple[RuleField, ...]:
    """The fields of a value of a rule, in order."""
    hints = get_type_hints(kind)
    return tuple(
        RuleField(
            one.name,
            _type_of(hints[one.name]),
            0 if one.default is MISSING else one.default,
            *one.metadata.get(_BOUNDS, (0, MOST)),
        )
        for one in fields(kind)
    )


def _type_of(hint: Any) -> type:
    """The type of what is there, where a hint says that it may be absent."""
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not NoneType)
    found: type = get_origin(hint) or hint
    return found


_BOUNDS = "within"
PERCENT = within(0, 100)

"""What a rule that is not in force yet would change, in a sentence.

Tested in tests/queries/verdicts/test_preview_rule.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tracker.domain.assignment import RequirementKind
from tracker.domain.text import Aside
from tracker.wording.numbers import say_count, say_number, say_plural, say_points
from tracker.wording.rule_form import CHOICES


def say_made(students: int, outcomes: Mapping[Any, int]) -> str:
    """ "Of 9 students: 7 satisfactory, 2 open.": a rule where none was in force."""
    made = [f"{number} {outcome}" for outcome, number in outcomes.items() if number]
    return f"Of {say_count(students, 'student')}: {', '.join(made)}." if made else "No students yet."


def say_changed(changed: int, gain: int, lose: int) -> str:
    """ "7 students change. None gains.": how many would have another result, better or worse."""
    if not changed:
        return "No student changes."
    said = f"{say_count(changed, 'student')} {say_plural(changed, 'changes', 'change')}"
    if gain and lose:
        return f"{said}: {_say_share(gain, 'gain')}, {_say_share(lose, 'lose')}."
    return f"{said}. None {'loses' if gain else 'gains' if lose else 'gains or loses'}."


def say_standing(points: Decimal | None, outcome: str) -> str:
    """ "10 points", "not yet": what a rule makes of a student."""
    return outcome if points is None else say_points(points)


def say_milder(kind: RequirementKind, counted: Aside | None) -> str:
    """ "Count signatures", "As a hint only in posts": a choice by which less is asked of texts."""
    where = " in posts" if kind is RequirementKind.POST else ""
    return f"{'As a hint only' if counted is None else f'Count {CHOICES[Aside][counted]}'}{where}"


def _say_share(number: int, verb: str) -> str:
    return f"{say_number(number)} {verb}{'s' if number == 1 else ''}"

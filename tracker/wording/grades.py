"""Grades and what was done to them, in words."""

from __future__ import annotations

from decimal import Decimal

from tracker.domain.grade import Score
from tracker.domain.locale import CourseLocale
from tracker.domain.record import GradeKind, GradeRecord, GradeWord
from tracker.wording.times import say_instant


def say_grade(value: Decimal | None, satisfactory: bool | None) -> str:
    """ "9.5", else "satisfactory" or "not yet"; "" for nothing."""
    if value is not None:
        return say_value(value)
    if satisfactory is None:
        return ""
    return "satisfactory" if satisfactory else "not yet"


def say_part(key: str) -> str:
    """ "Comments", "Summary": a part that is graded by itself."""
    return {"comment": "Comments", "post": "Posts"}.get(key, key.replace("-", " ").capitalize())


def say_value(value: Decimal) -> str:
    """ "100", "9.5": without zeros that say nothing."""
    return f"{value.normalize():f}"


def say_proposal(proposal: Score) -> str:
    """What the rule proposes; "" while it proposes nothing."""
    return "" if proposal.satisfactory is None else say_grade(proposal.points, proposal.satisfactory)


def say_proposed(proposal: Score) -> str:
    """ "satisfactory proposed"; "" while the rule proposes nothing."""
    said = say_proposal(proposal)
    return f"{said} proposed" if said else ""


def say_rule_now(record: GradeRecord) -> str:
    """ "The rule now says 100.", where that is news since the grade was recorded; "" else."""
    return "" if record.rule_now is None else f"The rule now says {say_proposal(record.rule_now)}."


def say_done(word: GradeWord) -> str:
    """What a person did to a grade, to follow their name: "set 95 by hand"."""
    grade = say_grade(word.value, word.satisfactory)
    return {
        GradeKind.ACCEPT: f"accepted {grade}",
        GradeKind.OVERRIDE: f"set {grade} by hand",
        GradeKind.RELEASE: "released the grade",
        GradeKind.NOTE: "left a note",
        GradeKind.UNDO: "undid a decision",
    }[word.kind]


def say_who_was_faster(word: GradeWord, locale: CourseLocale) -> str:
    """To a person whose page is older than the last decision."""
    return (
        f"{word.by or 'Someone'} {say_done(word)} in the meantime, {say_instant(word.at, locale)}. "
        "Your change was not saved. The current state is shown."
    )

"""What people said about a grade and the grade that stands by it. Computing one is left to grading.

Tested in tests/grading/test_recording.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tracker.domain.grade import Score
from tracker.domain.states import Bucket


class GradeKind(StrEnum):
    ACCEPT = "accept"  # what the rule proposed, taken over by a person
    OVERRIDE = "override"  # something else, with a reason
    RELEASE = "release"  # the student may see it from now on
    NOTE = "note"  # for staff only
    UNDO = "undo"


GRADES = (GradeKind.ACCEPT, GradeKind.OVERRIDE)
"""The words that record a grade."""


@dataclass(frozen=True, slots=True)
class GradeWord:
    """One thing that a person said about one student's grade for one assignment. `at` is aware.

    `by` is a name, "" where nobody is known. `proposed` is what the rule said at that moment, None
    where that was not written down. `reason` is for staff, but that of a release, which is for the
    student. `levels`: criterion -> the level of the rubric that was chosen. `batch` is shared by what
    was said of many students at once. `part` is the part it is about, None for the whole; `exact` is what a
    part's grade adds to the whole (`domain.grade.Score`), by the terms of `terms_version`.
    """

    number: int
    kind: GradeKind
    at: datetime
    by: str = ""
    value: Decimal | None = None
    satisfactory: bool | None = None
    reason: str = ""
    undoes: int | None = None
    proposed: Score | None = None
    levels: Mapping[str, str] = field(default_factory=dict)
    batch: str = ""
    part: str | None = None
    exact: Fraction | None = None
    terms_version: int | None = None


@dataclass(frozen=True, slots=True)
class GradeRecord:
    """Where one student's grade stands, by all that was said of it.

    `grade` is the latest that was accepted or set by hand and was not taken back. `disagrees`: the rule
    has a definite answer now, and it is another one. `rule_now` is that answer where it was not so yet
    when the grade was recorded. `latest` is the number of the last thing said, 0 for none: a person who
    says something new tells what they had seen. `released` is the word by which the student may see the
    grade, None while there is none. `notes` are those that stand, oldest first. `needs_levels`: all but
    the levels of the rubric, which a person chooses, is there. `is_excused`: nothing is asked of the
    student any more. `has_marks`: a verdict bears a mark that a person should see. `place` is where the
    student stands in every count (`grading.round_summary`). Of a part: `covered_by` is a grade that a person
    gave to the whole, which leaves nothing to record for its parts. Of the whole: `follows`, its grade
    is made of those recorded for its parts.
    """

    proposal: Score
    grade: GradeWord | None = None
    disagrees: bool = False
    rule_now: Score | None = None
    latest: int = 0
    released: GradeWord | None = None
    notes: tuple[GradeWord, ...] = ()
    needs_levels: bool = False
    has_marks: bool = False
    is_excused: bool = False
    place: Bucket = Bucket.NOT_DUE
    covered_by: GradeWord | None = None
    follows: bool = False

    @property
    def is_recorded(self) -> bool:
        """A person decided it, by itself or with the whole."""
        return self.grade is not None or self.covered_by is not None

    @property
    def shown_to_student(self) -> GradeWord | None:
        """A released grade is seen as it stands; nothing is seen before."""
        return self.grade if self.released is not None else None


class ExceptionKind(StrEnum):
    """What may be granted to one student."""

    EXTENSION = "extension"  # more time
    EXCUSE = "excuse"  # need not be done
    INCOMPLETE = "incomplete"  # may be done after the course
    SUBSTITUTE = "substitute"  # taken as done: handed in another way, or good enough as it is

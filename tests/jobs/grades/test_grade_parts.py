"""Comments and summary are graded each by itself; the grade of the whole follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tests.support import factories as make
from tracker.domain.act import Act
from tracker.domain.assignment import AssignmentTerms, Combine, PartRule, Quota, Worth
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.reason import Reason
from tracker.domain.states import Bucket
from tracker.extensions import db
from tracker.grading.rules.document import terms_to_document
from tracker.jobs.grades import grade_round, grade_student
from tracker.models import Assignment, AssignmentTermsVersion, Course, Enrollment, RequirementVerdict
from tracker.queries.grade_history import say_grades
from tracker.queries.grade_records import GradeRecords, load_all_records, load_recorded_grades, load_words
from tracker.queries.grades.grade_round import load_round_grades
from tracker.queries.verdicts.gradebook import load_gradebook, load_released, load_student_grades

KEY = "c4t-2"
MET = ("met", "met")


class Desk:
    """One student and one assignment, with what is said of it; whoever speaks has seen all that was said."""

    def __init__(
        self, rule: AssignmentTerms | None = None, states: Sequence[str] = (*MET, "not_due")
    ) -> None:
        self.course: Course = make.add_course()
        self.student: Enrollment = make.add_enrollment(self.course, name="Noor Haddad")
        self.assignment: Assignment = make.add_assignment(self.course, KEY, rule)
        keys = [one.key for one in (rule or make.terms()).requirements()]
        self.rows: dict[str, RequirementVerdict] = {
            key: make.add_verdict(self.assignment, self.student, key, state)
            for key, state in zip(keys, states, strict=True)
        }
        db.session.commit()

    @property
    def records(self) -> GradeRecords:
        return load_all_records(db.session(), self.course.id)[self.assignment.id, self.student.id]

    @property
    def latest(self) -> int:
        return self.records.whole.latest

    def say(self, verb: str, part: str | None, **values: Any) -> int:
        act = Act(make.NOW, seen=self.latest)
        number: int = getattr(grade_student, verb)(
            self.course.id, KEY, self.student.id, act, part=part, **values
        )
        return number

    def undo(self, number: int) -> None:
        grade_student.undo(self.course.id, number, Act(make.NOW, seen=self.latest))

    def set_state(self, key: str, state: str) -> None:
        self.rows[key].state, self.rows[key].credit = state, Decimal(100 if state == "met" else 0)
        db.session.commit()

    def change(self, rule: AssignmentTerms) -> None:
        self.assignment.current_version += 1
        version = self.assignment.current_version
        document = terms_to_document(replace(rule, version=version))
        db.session.add(
            AssignmentTermsVersion(
                assignment_id=self.assignment.id, version=version, document=document, at=make.NOW
            )
        )
        db.session.commit()
        db.session.expire_all()

    @property
    def gradebook(self) -> object:
        return load_gradebook(db.session(), self.course.id).lines[0].grades[0]

    @property
    def seen(self) -> str:
        """What the student sees."""
        found = load_released(db.session(), self.student)
        return found[KEY].says() if KEY in found else ""


def test_comments_are_accepted_and_released_before_the_summary_is_due(context: Flask) -> None:
    desk = Desk()
    assert (desk.records.whole.proposal.satisfactory, desk.gradebook) == (None, None)
    desk.say("accept", "comment")
    assert desk.records.parts["comment"].grade is not None
    assert desk.seen == ""
    desk.say("release", "comment", words="Well read.")
    assert desk.seen == "comments satisfactory"
    assert load_student_grades(db.session(), desk.course.id, desk.student.id)[0] == {
        KEY: "comments satisfactory, released"
    }
    assert desk.records.whole.grade is None, "the summary is still to come"
    assert desk.gradebook is None


def test_grade_of_the_whole_follows_when_its_parts_are_in_and_is_seen_when_they_are_released(
    context: Flask,
) -> None:
    desk = Desk()
    desk.say("accept", "comment")
    desk.say("release", "comment")
    desk.set_state("summary", "met")
    proposal = desk.records.whole.proposal
    assert (proposal.satisfactory, proposal.provisional) == (True, False), "certain, not recorded"
    assert desk.records.whole.grade is None
    accepted = desk.say("accept", "summary")
    whole = desk.records.whole
    assert whole.follows
    assert whole.grade is not None
    assert whole.grade.satisfactory is True
    assert (desk.gradebook, desk.seen) == (True, "comments satisfactory")
    assert load_recorded_grades(db.session(), desk.course.id).keys() == {
        (desk.assignment.id, desk.student.id)
    }
    released = desk.say("release", "summary")
    assert desk.seen == "satisfactory"
    desk.undo(released)
    assert desk.seen == "comments satisfactory"
    desk.undo(accepted)
    assert desk.records.whole.grade is None


def test_no_job_moves_the_whole_that_follows(context: Flask) -> None:
    desk = Desk(states=(*MET, "met"))
    desk.say("accept", "comment")
    desk.say("accept", "summary")
    desk.set_state("comment-2", "not_found_yet")
    records = desk.records
    assert records.whole.grade is not None
    assert records.whole.grade.satisfactory is True
    assert records.whole.disagrees
    assert records.parts["comment"].rule_now is not None
    assert records.parts["summary"].rule_now is None


THIRDS = replace(
    make.terms(points=Decimal(10)),
    combine=Combine.WEIGHTED,
    parts=tuple(
        PartRule(key, make.terms().parts[0].kind, part.target, part.periods, Quota(1), names=(key,))
        for key, part in zip(("one", "two", "three"), make.terms().parts * 2, strict=False)
    ),
)


def test_points_of_the_parts_add_up_exactly_and_are_rounded_once(context: Flask) -> None:
    desk = Desk(THIRDS, ("met", "met", "met"))
    for key in ("one", "two", "three"):
        desk.say("accept", key)
    records = desk.records
    assert {one.grade.value for one in records.parts.values() if one.grade} == {Decimal("3.33")}
    assert records.whole.grade is not None
    assert records.whole.grade.value == Decimal(10), "not 9.99"
    desk.say("override", "two", value=Decimal("1.5"), satisfactory=False, reason="Short.")
    whole = desk.records.whole.grade
    assert whole is not None
    assert (whole.value, whole.satisfactory) == (Decimal("8.17"), False), "two thirds of 10, and 1.5"
    for key in ("one", "two", "three"):
        desk.say("override", key, value=Decimal("3.33"), satisfactory=True, reason="Read it again.")
    whole = desk.records.whole.grade
    assert whole is not None
    assert whole.value == Decimal(10), "all of its points are all of its share"


@pytest.mark.one_database
def test_accepted_part_counts_as_the_rule_proposed_it_not_as_it_is_rounded(context: Flask) -> None:
    desk = Desk(THIRDS, ("late", "late", "late"))
    for row in desk.rows.values():
        row.credit = Decimal(80)
    db.session.commit()
    for key in ("one", "two", "three"):
        desk.say("accept", key)
    assert {one.grade.value for one in desk.records.parts.values() if one.grade} == {Decimal("2.67")}
    assert desk.gradebook == Decimal(8), "not 8.01"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("combine", "comments", "summary", "value"),
    [
        pytest.param(Combine.GATE, "0", "5", "0", id="a gate lets nothing through"),
        pytest.param(Combine.WEIGHTED, "0", "5", "5", id="weighted adds"),
        pytest.param(Combine.GATE, "0.01", "5", "5.01", id="a little is not nothing"),
    ],
)
def test_parts_are_combined_as_the_terms_say(
    context: Flask, combine: Combine, comments: str, summary: str, value: str
) -> None:
    desk = Desk(make.terms(points=Decimal(10), combine=combine), (*MET, "met"))
    for part, points in (("comment", comments), ("summary", summary)):
        desk.say("override", part, value=Decimal(points), satisfactory=True, reason="By hand.")
    assert desk.gradebook == Decimal(value)


@pytest.mark.one_database
def test_pool_of_points_is_full_at_the_assignments_points(context: Flask) -> None:
    rule = make.terms(points=Decimal(5), combine=Combine.POOL)
    parts = tuple(replace(part, worth=Worth(item_points=Decimal(2))) for part in rule.parts)
    desk = Desk(replace(rule, parts=parts), (*MET, "met"))
    desk.say("accept", "comment")
    desk.say("accept", "summary")
    records = desk.records
    assert [one.grade.value for one in records.parts.values() if one.grade] == [Decimal(4), Decimal(2)]
    assert desk.gradebook == Decimal(5)


@pytest.mark.one_database
def test_changed_rule_moves_no_grade_that_followed(context: Flask) -> None:
    desk = Desk(make.terms(points=Decimal(10)), (*MET, "met"))
    desk.say("override", "comment", value=Decimal(0), satisfactory=False, reason="Copied.")
    desk.say("accept", "summary")
    assert desk.gradebook == 0, "a gate"
    desk.change(make.terms(points=Decimal(10), combine=Combine.WEIGHTED))
    assert desk.gradebook == 0
    desk.say("override", "summary", value=Decimal(5), satisfactory=True, reason="By the new rule.")
    assert desk.gradebook == Decimal(5)


@pytest.mark.one_database
def test_grade_of_the_whole_given_by_a_person_covers_its_parts(context: Flask) -> None:
    """As all grades were given before parts had their own."""
    desk = Desk(states=("met", "not_found_yet", "not_due"))
    number = desk.say("override", None, satisfactory=True, reason="Handed in on paper.")
    part = desk.records.parts["comment"]
    assert (part.grade, part.is_recorded) == (None, True)
    assert part.covered_by is not None
    assert grade_round.accept_certain(
        desk.course.id, KEY, Act(make.NOW), part="comment", satisfactory=False
    ).count == 0, "nothing is left to record"  # fmt: skip
    assert desk.records.parts["summary"].place is Bucket.RECORDED
    desk.say("override", "comment", satisfactory=False, reason="One of two.")
    assert desk.gradebook is True, "what a person said of the whole stays"
    desk.say("release", None)
    assert desk.seen == "satisfactory"
    desk.undo(number)
    assert desk.records.whole.grade is None


@pytest.mark.one_database
def test_excused_part_is_in_without_a_grade(context: Flask) -> None:
    desk = Desk(states=("excused", "excused", "met"))
    assert desk.records.parts["comment"].is_excused
    desk.say("accept", "summary")
    assert desk.records.whole.follows
    desk.say("release", "summary")
    assert desk.seen == "satisfactory"


@pytest.mark.one_database
def test_mark_holds_the_part_that_bears_it(context: Flask) -> None:
    desk = Desk(states=(*MET, "met"))
    desk.rows["summary"].marks = [Reason("changed-after-deadline", {}).as_json()]
    db.session.commit()
    accept = grade_round.accept_certain
    assert accept(desk.course.id, KEY, Act(make.NOW), part="summary").count == 0
    assert accept(desk.course.id, KEY, Act(make.NOW)).count == 0, "nor the whole with it"
    assert accept(desk.course.id, KEY, Act(make.NOW), part="comment").count == 1
    assert desk.records.whole.place is Bucket.NEEDS_REVIEW
    desk.say("accept", "summary")
    assert desk.records.whole.follows


@pytest.mark.one_database
@pytest.mark.parametrize("state", ["provisional", "in_moderation", "cannot_see", "in_review", "not_due"])
def test_what_is_not_decided_is_not_accepted_in_bulk(context: Flask, state: str) -> None:
    desk = Desk(states=("met", state, "met"))
    for satisfactory in (True, False):
        act = Act(make.NOW)
        report = grade_round.accept_certain(
            desk.course.id, KEY, act, part="comment", satisfactory=satisfactory
        )
        assert report.count == 0


def test_accepted_and_released_is_one_step_and_undone_as_one(context: Flask) -> None:
    desk = Desk()
    report = grade_round.accept_certain(
        desk.course.id, KEY, Act(make.NOW), part="comment", release=True, words="Thank you."
    )
    assert report.count == 1
    assert desk.seen == "comments satisfactory"
    found = load_round_grades(db.session(), desk.course.id, desk.assignment)
    (step,) = found.steps
    assert (step.did, step.part, step.count, step.standing) == ("Accepted and released", "comment", 1, 1)
    assert len(found.of("comment").released) == 1
    assert grade_round.undo_batch(desk.course.id, report.batch, Act(make.NOW)).count == 1
    records = desk.records
    assert (records.parts["comment"].grade, records.parts["comment"].released) == (None, None)
    assert load_round_grades(db.session(), desk.course.id, desk.assignment).steps[0].standing == 0


@pytest.mark.one_database
def test_two_graders_are_safe_over_the_parts_of_one_student(context: Flask) -> None:
    desk = Desk(states=(*MET, "met"))
    who = (desk.course.id, KEY, desk.student.id)
    rosa, ifeoma = make.add_user("Rosa"), make.add_user("Ifeoma")
    db.session.commit()
    grade_student.override(
        *who, Act(make.NOW, rosa.id, seen=0), satisfactory=True, reason="All of it.", part=None
    )
    with pytest.raises(ConflictError, match="Rosa set satisfactory by hand"):
        grade_student.accept(*who, Act(make.NOW, ifeoma.id, seen=0), part="comment")


@pytest.mark.one_database
def test_part_that_is_not_graded_by_itself_is_refused(context: Flask) -> None:
    desk = Desk(make.terms(summary=None), MET)
    for part in ("comment", "no-such-part"):
        with pytest.raises(NotFoundError, match="not graded by itself"):
            desk.say("accept", part)
        with pytest.raises(NotFoundError):
            grade_round.accept_certain(desk.course.id, KEY, Act(make.NOW), part=part)


@pytest.mark.one_database
def test_whole_that_follows_is_released_with_its_parts_only(context: Flask) -> None:
    desk = Desk(states=(*MET, "met"))
    desk.say("accept", "comment")
    desk.say("accept", "summary")
    with pytest.raises(TrackerError, match="Release the parts"):
        desk.say("release", None)
    assert grade_round.release_all(desk.course.id, KEY, Act(make.NOW)).count == 0
    assert grade_round.release_all(desk.course.id, KEY, Act(make.NOW), part="comment").count == 1


@pytest.mark.one_database
def test_history_names_the_part(context: Flask) -> None:
    desk = Desk(states=(*MET, "met"))
    desk.say("accept", "comment")
    desk.say("override", "summary", satisfactory=False, reason="Thin.")
    desk.say("override", "comment", satisfactory=False, reason="Copied.")
    words = load_words(db.session(), desk.course.id, desk.assignment.id, desk.student.id)
    assert [line.says for line in say_grades(words)] == [
        "Comments: Grade satisfactory accepted",
        "Summary: Grade not yet set by hand (the rule said satisfactory): Thin",
        "Comments: Grade not yet set by hand, from satisfactory to not yet (the rule said satisfactory):"
        " Copied",
    ]

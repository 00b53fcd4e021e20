"""Why?: the sentence, the three times, who says whose it is, the rule and the history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.classroom import Classroom, fill
from tests.support.evidence import stored
from tests.support.queries import counted_queries
from tracker.domain.linkage import EvidenceKind
from tracker.extensions import db
from tracker.models import (
    Assignment,
    AssignmentTermsVersion,
    Blog,
    Comment,
    Course,
    Enrollment,
    Feed,
    FeedState,
    GradeDecision,
    Linkage,
    LinkageDecision,
    Receipt,
    RequirementException,
    Section,
    User,
)
from tracker.queries.grades.why import Why, load_why


class Case:
    """One student with one comment on one blog, and an assignment that asks for two."""

    def __init__(self) -> None:
        self.course: Course = make.add_course()
        self.section: Section = make.add_section(self.course, "4")
        self.student: Enrollment = make.add_enrollment(
            self.course, name="Xiomara Barrientos", section=self.section
        )
        self.teacher: User = make.add_user("Rosa Achterberg")
        self.blog: Blog = make.add_blog("Half Past Recess")
        make.follow(self.course, self.blog)
        self.feed: Feed = make.add_feed(self.blog)
        self.assignment: Assignment = make.add_assignment(self.course)
        make.allocate(self.assignment, self.student, self.blog)

    def comment(self, **values: Any) -> Comment:
        return make.add_comment(make.add_post(self.blog, "Letting them wonder first"), "Xio", **values)

    def verdict(self, state: str, requirement: str = "comment-1", **values: Any) -> None:
        evidence = {"blog_ids": [self.blog.id], **values.pop("evidence", {})}
        make.add_verdict(self.assignment, self.student, requirement, state, evidence=evidence, **values)

    def why(self, sections: set[int] | None = None) -> Why:
        db.session.commit()
        found = load_why(db.session(), self.course.id, self.student.id, "c4t-2", sections)
        assert found is not None
        return found


@pytest.fixture
def case(context: Flask) -> Case:
    return Case()


def test_answer_carries_sentence_item_clock_and_hints(case: Case) -> None:
    comment = case.comment()
    make.add_linkage(case.course, comment, case.student)
    case.verdict(
        "met",
        params={"posted": "2026-10-25T17:00:00+00:00", "words": 38},
        comment_id=comment.id,
        evidence={"hints": [{"code": "short-words", "params": {"has": 38, "asked": 50}}]},
    )
    first = case.why().answers[0]
    assert (first.title, first.word, first.says, first.clock) == (
        "Comment 1",
        "Met",
        "Met. 38 words, Sun, Oct 25, 12:00 PM CDT.",
        "The blog’s own time.",
    )
    assert first.hints == ("38 words; the rule asks for 50.",)
    assert first.item is not None
    assert (first.item.title, first.item.url) == ("Letting them wonder first", comment.permalink)


def test_times_say_when_first_seen_and_what_changed(case: Case) -> None:
    comment = case.comment(
        first_seen_at=make.DUE + timedelta(hours=1),
        last_check_before=make.DUE + timedelta(minutes=30),
        edited_at=make.DUE + timedelta(hours=3),
    )
    case.verdict("met", comment_id=comment.id)
    item = case.why().answers[0].item
    assert item is not None
    assert item.times[1:] == (
        ("First seen", "Mon, Oct 26, 1:00 AM CDT; not there at 12:30 AM"),
        ("Edited", "seen Mon, Oct 26, 3:00 AM CDT"),
    )


def test_missing_time_is_said_with_what_stood_there(case: Case) -> None:
    comment = case.comment(posted_at=None, posted_raw="long ago", posted_basis="missing")
    case.verdict("met", comment_id=comment.id)
    item = case.why().answers[0].item
    assert item is not None
    assert item.times[0] == ("Blog says", "No time that we can use (it says “long ago”)")


def test_evidence_against_stands_before_evidence_for(case: Case) -> None:
    comment = case.comment()
    other = make.add_enrollment(case.course, name="Maria Alves")
    evidence = [
        stored(EvidenceKind.OTHERS_LINK, -8.0, "author-link", other=other.id),
        stored(EvidenceKind.NAME, 5.0, holders=1),
    ]
    linkage: Linkage = make.add_linkage(case.course, comment, candidates=[case.student, other])
    linkage.candidates = [
        {**linkage.candidates[0], "evidence": evidence},
        linkage.candidates[1],
    ]
    case.verdict("in_review", comment_id=comment.id, reason="undecided")
    item = case.why().answers[0].item
    assert item is not None
    assert item.link is not None
    assert item.link.evidence == (
        ("The author link goes to Maria’s class blog", True),
        (f"Author name is a name that fits {case.student.given_name} {case.student.family_name}", False),
    )
    assert (item.link.verdict, item.link.others, item.link.decided) == ("review", 1, "")


def test_person_who_decided_is_named(case: Case) -> None:
    comment = case.comment()
    decision = LinkageDecision(
        course_id=case.course.id,
        comment_id=comment.id,
        kind="confirm",
        enrollment_id=case.student.id,
        by_user_id=case.teacher.id,
        at=make.NOW,
    )
    db.session.add(decision)
    db.session.flush()
    make.add_linkage(case.course, comment, case.student, decision_id=decision.id)
    case.verdict("met", comment_id=comment.id)
    why = case.why()
    item = why.answers[0].item
    assert item is not None
    assert item.link is not None
    assert item.link.decided == "Rosa Achterberg said so, Mon, Oct 26, 8:00 AM CDT."
    assert "Rosa Achterberg decided that comment 1 is Xiomara Barrientos’s" in [
        one.says for one in why.history
    ]


def test_history_names_nobody_of_a_section_that_the_reader_does_not_see(case: Case) -> None:
    elsewhere = make.add_enrollment(
        case.course, name="Bart Featherstonehaugh", section=make.add_section(case.course, "5")
    )
    comment = case.comment()
    for kind in ("reject", "claim"):
        db.session.add(
            LinkageDecision(
                course_id=case.course.id,
                comment_id=comment.id,
                kind=kind,
                enrollment_id=elsewhere.id,
                by_user_id=case.teacher.id,
                at=make.NOW + timedelta(days=1),
                note="Bart Featherstonehaugh’s, I think.",
            )
        )
    case.verdict("met", comment_id=comment.id)
    assert [line.says for line in case.why().history[-2:]] == [
        "Rosa Achterberg decided that comment 1 is not Bart Featherstonehaugh’s",
        "Bart Featherstonehaugh said that they wrote comment 1",
    ]
    hidden = case.why({case.section.id}).history[-2:]
    assert [line.says for line in hidden] == [
        "Rosa Achterberg decided that comment 1 is not a student’s in another section",
        "A student in another section said that they wrote comment 1",
    ]
    assert [line.more for line in hidden] == [(), ()]


def test_least_settled_answer_leads(case: Case) -> None:
    case.verdict("late", "comment-1")
    case.verdict("cannot_see", "comment-2")
    case.verdict("met", "summary")
    lead = case.why().lead
    assert lead is not None
    assert lead.key == "comment-2"


def test_nothing_leads_when_everything_is_there(case: Case) -> None:
    for requirement in ("comment-1", "comment-2", "summary"):
        case.verdict("met", requirement)
    assert case.why().lead is None


def test_requirement_nobody_has_judged_says_so(case: Case) -> None:
    assert {one.says for one in case.why().answers} == {
        "Nothing has been graded here yet; the next check does it."
    }


def test_not_counted_items_stand_once_with_their_reasons(case: Case) -> None:
    listed = [{"permalink": "http://a.example/1", "reason": "same-text", "params": {}}]
    case.verdict("met", "comment-1", evidence={"not_counted": listed})
    case.verdict("met", "comment-2", evidence={"not_counted": listed})
    assert [one.says for one in case.why().not_counted] == [
        "The same text as one that counts; it is one comment."
    ]


def test_rule_and_own_terms_are_said(case: Case) -> None:
    db.session.add(
        RequirementException(
            assignment_id=case.assignment.id,
            enrollment_id=case.student.id,
            kind="extension",
            requirement="summary",
            due_at=make.DUE + timedelta(days=1),
            reason="Away with the class",
            by_user_id=case.teacher.id,
            at=make.NOW,
        )
    )
    why = case.why()
    assert why.rule.startswith("Write two comments on two different posts of the blog assigned to you")
    assert why.own_terms == (
        "Assigned blog: “Half Past Recess”.",
        "Extended to Mon, Oct 26, 11:59 PM CDT (summary): Away with the class.",
    )


def test_revoked_extension_is_history_only(case: Case) -> None:
    db.session.add(
        RequirementException(
            assignment_id=case.assignment.id,
            enrollment_id=case.student.id,
            kind="extension",
            due_at=make.DUE + timedelta(days=1),
            by_user_id=case.teacher.id,
            at=make.NOW,
            revoked_at=make.NOW + timedelta(hours=1),
        )
    )
    why = case.why()
    assert len(why.own_terms) == 1
    assert [one.says for one in why.history][-2:] == [
        "Extended to Mon, Oct 26, 11:59 PM CDT by Rosa Achterberg",
        "Extended to Mon, Oct 26, 11:59 PM CDT undone",
    ]


def test_last_complete_check_is_read_live(case: Case) -> None:
    case.verdict("not_found_yet")
    assert case.why().checks[0].says == "Last full check Mon, Oct 26, 8:00 AM CDT."
    state = db.session.get_one(FeedState, case.feed.id)
    state.fully_checked_at = make.NOW + timedelta(days=1)
    assert case.why().checks[0].says == "Last full check Tue, Oct 27, 8:00 AM CDT."


def test_blog_that_does_not_answer_says_since_when(case: Case) -> None:
    state = db.session.get_one(FeedState, case.feed.id)
    state.failing_since = make.NOW - timedelta(hours=6)
    check = case.why().checks[0]
    assert check.is_failing
    assert check.says == (
        "Hasn’t responded since Mon, Oct 26, 2:00 AM CDT. Last full check Mon, Oct 26, 8:00 AM CDT."
    )


def test_receipts_of_this_and_of_no_assignment_are_shown(case: Case) -> None:
    other = make.add_assignment(case.course, "c4t-9")
    for assignment_id in (case.assignment.id, None, other.id):
        db.session.add(
            Receipt(
                enrollment_id=case.student.id,
                assignment_id=assignment_id,
                url="http://blog.example/1",
                text="So true.",
                saved_at=make.DUE,
            )
        )
    assert len(case.why().receipts) == 2


def test_history_names_who_changed_rule_and_grade(case: Case) -> None:
    db.session.add(
        AssignmentTermsVersion(
            assignment_id=case.assignment.id,
            version=2,
            document=case.assignment.current_terms.document,
            by_user_id=case.teacher.id,
            at=make.NOW + timedelta(minutes=1),
        )
    )
    db.session.add(
        GradeDecision(
            assignment_id=case.assignment.id,
            enrollment_id=case.student.id,
            kind="override",
            satisfactory=True,
            reason="Shown in class",
            by_user_id=case.teacher.id,
            at=make.NOW + timedelta(minutes=2),
        )
    )
    case.verdict("met")
    case.assignment.current_version = 2
    why = case.why()
    assert [one.says for one in why.history][-2:] == [
        "Rule changed by Rosa Achterberg, version 2",
        "Grade satisfactory set by hand by Rosa Achterberg: Shown in class",
    ]
    assert why.changed_rule.startswith("Graded by version 1 of the rule")


def test_student_of_another_section_or_course_is_not_found(case: Case) -> None:
    other = make.add_course("edt110")
    assert case.why({case.section.id}).student.name == "Xiomara Barrientos"
    for course_id, sections in (
        (case.course.id, {case.section.id + 1}),
        (case.course.id, set()),
        (other.id, None),
    ):
        assert load_why(db.session(), course_id, case.student.id, "c4t-2", sections) is None
    assert load_why(db.session(), case.course.id, case.student.id, "no-such") is None


def test_questions_asked_do_not_grow_with_the_class(context: Flask) -> None:
    def ask(room: Classroom) -> int:
        last = room.assignments[-1].key
        with counted_queries() as sent:
            assert load_why(db.session(), room.course.id, room.students[0].id, last) is not None
        return len(sent)

    few = ask(fill(make.add_course("few"), students=3, assignments=2))
    many = ask(fill(make.add_course("many"), students=60, assignments=6))
    assert few == many <= 19

"""The course page's counts, lists and sentences; and that they cost the same for any class."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.classroom import Classroom, fill, queries_by_size
from tests.support.evidence import stored
from tracker.domain.linkage import EvidenceKind
from tracker.domain.states import Bucket, State
from tracker.extensions import db
from tracker.models import Linkage, RequirementVerdict, Run
from tracker.queries.course.dashboard import Dashboard, load_dashboard


def _board(room: Classroom, sections: set[int] | None = None, days: int = 0) -> Dashboard:
    return load_dashboard(db.session(), room.course.id, make.NOW + timedelta(days=days), sections)


def test_counts_of_the_round_add_up_to_the_class(context: Flask) -> None:
    room = fill(make.add_course(), students=36)
    shown = _board(room).round
    assert shown is not None
    assert sum(one.count for one in shown.key) == shown.students == 36
    assert {one.bucket: one.count for one in shown.key} == {
        Bucket.ALL_MET: 18,
        Bucket.LATE: 2,
        Bucket.SOME_FOUND: 2,
        Bucket.NONE_FOUND: 2,
        Bucket.NOT_COUNTING: 2,
        Bucket.EXCUSED: 2,
        Bucket.NEEDS_REVIEW: 4,
        Bucket.CANNOT_SEE: 2,
        Bucket.IN_MODERATION: 2,
    }


def test_lead_sentence_says_decided_need_you_and_cannot_be_seen(context: Flask) -> None:
    shown = _board(fill(make.add_course(), students=36)).round
    assert shown is not None
    assert [one.text for one in shown.lead] == [
        "28 of 36 decided",
        "4 need you",
        "4 can’t be seen yet",
    ]


def test_segments_of_the_bar_fill_it_and_do_not_overlap(context: Flask) -> None:
    shown = _board(fill(make.add_course(), students=36)).round
    assert shown is not None
    ends = [one.x + one.width for one in shown.key]
    assert all(end <= later.x for end, later in zip(ends, shown.key[1:], strict=False))
    assert ends[-1] == pytest.approx(100, abs=0.1)


def test_round_in_question_is_the_one_due_last_else_the_next(context: Flask) -> None:
    room = fill(make.add_course(), students=3, assignments=3)
    titles = {}
    for days in (-30, -6, 0):
        shown = _board(room, days=days).round
        assert shown is not None
        titles[days] = shown.part.title
    assert titles == {-30: "C4T #1", -6: "C4T #2", 0: "C4T #3"}


def test_needs_say_whose_comment_it_may_be_and_lead_to_the_review(context: Flask) -> None:
    room = fill(make.add_course(), students=18)
    board = _board(room)
    by_student = {one.student.enrollment_id: one for one in board.needs}
    reviewed, dated = room.students[8], room.students[15]
    assert set(by_student) == {reviewed.id, dated.id}
    assert by_student[reviewed.id].comment_id is not None
    assert by_student[reviewed.id].says == "“Nana Ama” left 1 comment that may be Nana Ama’s."
    assert by_student[reviewed.id].settles == "Decides both comments of C4T #3"
    assert by_student[dated.id].comment_id is None
    assert "a full check on Sun, Oct 25, 11:00 PM CDT" in by_student[dated.id].says


def test_needs_name_the_evidence_and_count_the_comments_of_one_unknown_writer(context: Flask) -> None:
    room = fill(make.add_course(), students=9)
    student = room.students[8]
    candidate = {
        "enrollment_id": student.id,
        "bits": 5.0,
        "probability": 0.7,
        "level": "possible",
        "evidence": [
            stored(EvidenceKind.NOT_ALLOCATED, -1.5, "blog"),
            stored(EvidenceKind.NAME, 9.5, holders=1),
            stored(EvidenceKind.COURSE, 4.5, "text"),
        ],
    }
    for linkage in db.session.scalars(select(Linkage).where(Linkage.verdict == "review")):
        linkage.candidates = [candidate]
    another = make.add_comment(make.add_post(room.blogs[0]), student.given_name)
    make.add_linkage(room.course, another, candidates=[student])
    (need,) = _board(room).needs
    assert need.says == "“Nana Ama” left 2 comments. Evidence for Nana Ama: name, course or college named."


def test_lines_of_unseen_blogs_add_up_to_those_who_cannot_be_seen(context: Flask) -> None:
    room = fill(make.add_course(), students=36)
    board = _board(room)
    assert board.unseen_students == 4
    failing = next(one for one in board.unseen if one.icon == "cannot_see")
    assert (failing.title, failing.students) == ("Ms. Aiyana’s Word Lab", 2)


def test_student_hidden_twice_stands_in_one_line_only(context: Flask) -> None:
    room = fill(make.add_course(), students=18)
    twice = db.session.scalars(
        select(RequirementVerdict).where(
            RequirementVerdict.enrollment_id == room.students[10].id,
            RequirementVerdict.assignment_id == room.assignments[-1].id,
            RequirementVerdict.requirement == "comment-1",
        )
    ).one()
    twice.state = "in_moderation"
    twice.reason, twice.params = make.REASONS[State.IN_MODERATION]
    board = _board(room)
    assert board.round is not None
    counts = {one.bucket: one.count for one in board.round.key}
    assert board.unseen_students == counts[Bucket.CANNOT_SEE] + counts[Bucket.IN_MODERATION] == 2


def test_next_deadlines_say_how_many_are_in_and_when_clocks_change(context: Flask) -> None:
    room = fill(make.add_course(), students=9)
    first = _board(room).deadlines[0]
    assert first.part.full_title == "C4T #3, summary"
    assert first.due == "Sun, Nov 1, 11:59 PM CST, in 6 days. Clocks go back that day."
    assert first.said == "3 of 9 in"


def test_students_without_a_class_blog_are_listed(context: Flask) -> None:
    room = fill(make.add_course(), students=4)
    assert len(_board(room).without_blog) == 4


def test_weeks_count_accepted_comments_by_course_week(context: Flask) -> None:
    room = fill(make.add_course(), students=9)
    weeks = {week.label: week for week in _board(room).weeks}
    assert weeks["Oct 19"].comments == 7, "of nine first comments one is in review, one not found"
    assert weeks["Oct 19"].due == "C4T #3 due"
    assert weeks["Oct 12"].comments == 9
    assert weeks["Oct 26"].comments == 0


def test_comment_without_a_time_falls_in_the_week_it_was_first_seen(context: Flask) -> None:
    room = fill(make.add_course(), students=1, assignments=1)
    comment = make.add_comment(make.add_post(room.blogs[0]), posted_at=None, first_seen_at=make.NOW)
    make.add_linkage(room.course, comment, room.students[0])
    assert _board(room).weeks[-1].comments == 1


def test_assistant_counts_own_sections_only(context: Flask) -> None:
    room = fill(make.add_course(), students=24)
    own = {room.sections[0].id}
    board = _board(room, own)
    assert board.round is not None
    assert board.round.students == 12
    assert sum(one.count for one in board.round.key) == 12
    mine = {one.id for one in room.students if one.section_id in own}
    assert {one.student.enrollment_id for one in board.needs} <= mine
    assert {one.enrollment_id for one in board.without_blog} == mine


def test_a_missed_night_is_said(context: Flask) -> None:
    room = fill(make.add_course(), students=1)
    assert _board(room).checks.missed == ""
    assert "Last night’s check did not run: " in _board(room, days=1).checks.missed


def test_a_check_that_was_cut_off_says_so(context: Flask) -> None:
    room = fill(make.add_course(), students=1)
    db.session.add(Run(trigger="nightly", started_at=make.NOW - timedelta(hours=1), due=9, done=2))
    db.session.commit()
    assert "interrupted" in _board(room).checks.last


def test_a_new_course_is_told_its_next_step(context: Flask) -> None:
    course = make.add_course()
    empty = load_dashboard(db.session(), course.id, make.NOW)
    assert (empty.setup.next_step, empty.round) == (1, None)
    make.add_enrollment(course)
    assert load_dashboard(db.session(), course.id, make.NOW).setup.next_step == 2
    make.follow(course, make.add_blog())
    assert load_dashboard(db.session(), course.id, make.NOW).setup.next_step == 3
    make.add_assignment(course)
    assert load_dashboard(db.session(), course.id, make.NOW).setup.next_step == 4


def test_a_course_without_students_has_nothing_to_count(context: Flask) -> None:
    course = make.add_course()
    make.add_assignment(course)
    shown = load_dashboard(db.session(), course.id, make.NOW).round
    assert shown is not None
    assert (shown.students, shown.key) == (0, ())


def test_questions_asked_do_not_grow_with_the_class(context: Flask) -> None:
    few, many, long = queries_by_size(_board)
    assert few == many == long
    assert few <= 16

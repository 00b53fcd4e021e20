"""Blogs, students and assignments as lists; and that they cost the same for any class."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.classroom import Classroom, fill
from tests.support.queries import counted_queries
from tracker.domain.blog import HealthLevel
from tracker.extensions import db
from tracker.models import BlogAddress, Enrollment, EnrollmentEvent, Gap, Handle, Poll, Run
from tracker.queries.assignments.assignments import load_assignment_list, load_assignment_page
from tracker.queries.assignments.rule_templates import propose_rule
from tracker.queries.blogs.blog_page import load_blog
from tracker.queries.blogs.board import load_board, load_list
from tracker.queries.people.roster import Roster, RosterFilter, load_roster
from tracker.queries.status.student_page import load_student_page


def give_class_blog(room: Classroom, student: Enrollment, *, followed: bool = True) -> None:
    host = f"class{student.id}.example"
    make._add(Handle(enrollment_id=student.id, kind="blog", key=host, shown=f"http://{host}/"))
    if followed:
        blog = make.add_blog(f"Blog of {student.given_name}", home_url=f"http://{host}/")
        make._add(BlogAddress(blog_id=blog.id, key=host))
        make.follow(room.course, blog, "class-blog")
        make.add_feed(blog, "posts")


def roster(room: Classroom, sections: set[int] | None = None, **wanted: object) -> Roster:
    return load_roster(db.session(), room.course.id, RosterFilter(**wanted), sections)  # type: ignore[arg-type]


def test_the_board_says_how_many_blogs_are_seen_and_puts_trouble_first(context: Flask) -> None:
    room = fill(make.add_course(), students=6, assignments=1)
    down, gap, blind = room.blogs[:3]
    down.feeds[0].state.failures = 2
    down.feeds[0].state.failing_since = make.NOW - timedelta(days=1)
    make._add(Gap(feed_id=gap.feeds[0].id, before_at=make.NOW, expected=1))
    blind.feeds[0].kind = "posts"
    db.session.commit()
    board = load_board(db.session(), room.course.id, make.NOW)
    assert board.says == "6 blogs. 3 are fine; 2 are in trouble; 1 can be seen only in part."
    assert [line.health.level for line in board.lines] == [
        *[HealthLevel.TROUBLE] * 2, HealthLevel.PARTLY, *[HealthLevel.FINE] * 3,
    ]  # fmt: skip
    assert sum(board.counts.values()) == len(board.lines) == 6
    assert {line.students for line in board.lines} == {1}


def test_board_counts_as_affected_only_those_who_still_need_the_blog(context: Flask) -> None:
    course, blog = make.add_course(), make.add_blog()
    make.follow(course, blog)
    make.add_feed(blog)
    assignment = make.add_assignment(course)
    for states in (("met", "met"), ("met", "not_found_yet"), ("cannot_see", "cannot_see"), ()):
        student = make.add_enrollment(course)
        make.allocate(assignment, student, blog)
        for n, state in enumerate(states, 1):
            make.add_verdict(assignment, student, f"comment-{n}", state)
        make.add_verdict(assignment, student, "summary", "not_due")
    db.session.commit()
    (line,) = load_board(db.session(), course.id, make.NOW).lines
    assert (line.students, line.affected) == (4, 3)


def test_class_blogs_are_listed_apart_with_whose_they_are(context: Flask) -> None:
    room = fill(make.add_course(), students=2, assignments=1)
    give_class_blog(room, room.students[0])
    board = load_board(db.session(), room.course.id, make.NOW, "class-blog")
    assert [(line.blog.title, line.owner) for line in board.lines] == [("Blog of Chidinma", "Chidinma Abara")]
    assert (board.others, board.says) == (6, "1 blog. It is fine.")


def test_an_assistant_reads_no_names_of_other_sections_on_class_blogs(context: Flask) -> None:
    room = fill(make.add_course(), students=2, assignments=1)
    for student in room.students:
        give_class_blog(room, student)
    sections = {room.students[1].section_id or 0}
    board = load_board(db.session(), room.course.id, make.NOW, "class-blog", sections)
    assert sorted(line.owner for line in board.lines) == ["", "Tobenna Achebe-Moreau"]


def test_a_blog_that_is_not_followed_any_more_is_not_listed(context: Flask) -> None:
    course = make.add_course()
    make.follow(course, make.add_blog()).ended_at = make.NOW
    db.session.commit()
    assert load_board(db.session(), course.id, make.NOW).says == "No blogs yet."
    assert load_list(db.session(), course.id) == []


def test_a_blogs_page_says_what_each_check_brought(context: Flask) -> None:
    room = fill(make.add_course(), students=7, assignments=2)
    blog = room.blogs[0]
    run = make._add(Run(trigger="timer", started_at=make.NOW))
    for hours, values in (
        (30, {"outcome": "ok", "entries": 10, "new": 10}),
        (6, {"outcome": "ok", "entries": 10, "new": 4, "edited": 1}),
        (5, {"outcome": "error", "error": "The server answered 503."}),
        (4, {"outcome": "not-modified"}),
    ):
        make._add(
            Poll(run_id=run.id, feed_id=blog.feeds[0].id, at=make.NOW - timedelta(hours=hours), **values)
        )
    page = load_blog(db.session(), room.course.id, blog, make.NOW)
    assert [line.says for night in page.timeline.nights for line in night.lines] == [
        "Unchanged since the last check.",
        "The server answered 503.",
        "10 shown, 4 new, 1 edited.",
        "10 shown, 10 new.",
    ]
    assert [(line.window, line.busiest) for line in page.feeds] == [(10, 4)]
    assert [(one.student.name, len(one.rounds)) for one in page.given_to] == [
        ("Chidinma Abara", 2),
        ("Maria Alves", 2),
    ]


def test_the_roster_says_what_is_missing(context: Flask) -> None:
    room = fill(make.add_course(), students=4, assignments=1)
    give_class_blog(room, room.students[0])
    give_class_blog(room, room.students[1], followed=False)
    room.students[3].is_active = False
    db.session.commit()
    shown = roster(room)
    assert shown.says == ("3 students in 2 sections. 1 has no class blog; 3 have no account yet; 1 dropped.")
    assert [line.is_active for line in shown.lines] == [True, True, True, False]
    assert [bool(one.blog_id) for line in shown.lines for one in line.class_blogs] == [True, False]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        pytest.param({"name": "ABARA"}, 1, id="name in any case"),
        pytest.param({"name": "akerstrom"}, 1, id="without accents"),
        pytest.param({"name": "class"}, 1, id="class blog's address"),
        pytest.param({"section": "2"}, 12, id="section"),
        pytest.param({"blog": "none"}, 23, id="without class blog"),
        pytest.param({"name": "nobody"}, 0, id="nobody"),
    ],
)
def test_the_roster_finds_whom_it_is_asked_for(context: Flask, wanted: dict[str, str], shown: int) -> None:
    room = fill(make.add_course(), students=24, assignments=1)
    give_class_blog(room, room.students[0])
    assert roster(room, **wanted).shown == shown


def test_an_assistant_reads_the_own_sections_only(context: Flask) -> None:
    room = fill(make.add_course(), students=6, assignments=1)
    assert roster(room, {room.sections[0].id}).students == 3
    assert roster(room, set()).students == 0


def test_what_a_student_is_known_by_says_where_from(context: Flask) -> None:
    room = fill(make.add_course(), students=1, assignments=1)
    student = room.students[0]
    for kind, shown, origin, state in (
        ("account", "https://www.blogger.com/profile/1", "decision", "active"),
        ("name", "Chi Chi", "roster", "revoked"),
        ("avatar", "", "roster", "active"),
    ):
        make._add(
            Handle(enrollment_id=student.id, kind=kind, key="k", shown=shown, origin=origin, state=state)
        )
    make._add(
        EnrollmentEvent(
            enrollment_id=student.id, kind="added", effective_on=make.OPENS.date(), recorded_at=make.OPENS
        )
    )
    page = load_student_page(db.session(), room.course.id, student, make.NOW)
    assert [(one.what, one.shown, one.origin, one.is_standing) for one in page.line.known_as] == [
        ("Account", "https://www.blogger.com/profile/1", "learned from a decision", True),
        ("Name", "Chi Chi", "from the roster", False),
        ("Picture of the email address", "", "from the roster", True),
    ]
    assert page.events == (("Mon, Oct 12", "Added to the course"),)


def test_a_students_page_has_every_assignment_and_comment(context: Flask) -> None:
    room = fill(make.add_course(), students=5, assignments=3)
    page = load_student_page(db.session(), room.course.id, room.students[4], make.NOW)
    assert [(line.row.key, [one.cell.word for one in line.parts]) for line in page.rounds] == [
        ("c4t-3", ["1 of 2", "Not due"]),
        ("c4t-2", ["Met", "In"]),
        ("c4t-1", ["Met", "In"]),
    ]
    assert page.rounds[0].parts[0].says.startswith("We checked every blog")
    assert [line.blogs[0].title for line in page.rounds] == ["Kia Ora, Room Nine"] * 3
    assert page.comments_in_all == 3


def test_the_list_of_assignments_adds_up_to_the_class(context: Flask) -> None:
    room = fill(make.add_course(), students=18, assignments=2)
    newest, older = load_assignment_list(db.session(), room.course.id, make.NOW)
    assert (newest.row.key, newest.with_blog, newest.students) == ("c4t-2", 18, 18)
    assert newest.rule.startswith("Write two comments on two different posts of the blog assigned to you")
    assert [(one.said, one.need_you) for one in newest.parts] == [("14 of 18 decided", 2), ("6 of 18 in", 0)]
    assert [one.said for one in older.parts] == ["18 of 18 decided"] * 2


def test_an_assignments_page_fills_the_rule_in_as_it_was_typed(context: Flask) -> None:
    room = fill(make.add_course(), students=3, assignments=1)
    page = load_assignment_page(db.session(), room.course.id, room.assignments[0], make.NOW)
    assert page.typed is not None
    assert (page.typed.opens, page.typed.comments_due) == ("2026-10-12T00:00", "2026-10-25T23:59")
    assert [(one.trait, one.at_least) for one in page.typed.conditions] == [("words", 50)]
    assert [blog.title for _, blog in page.given] == [
        "Ms. Aiyana’s Word Lab",
        "Fractions & Friends",
        "The Curious Classroom",
    ]
    assert page.without_blog == ()


@pytest.mark.parametrize(
    ("now", "opens", "comments_due", "summary_due"),
    [
        pytest.param(
            datetime(2026, 10, 8, 15, tzinfo=UTC),
            "2026-10-12T00:00",
            "2026-10-25T23:59",
            "2026-11-01T23:59",
            id="from the coming Monday",
        ),
        pytest.param(
            datetime(2026, 10, 12, 15, tzinfo=UTC),
            "2026-10-12T00:00",
            "2026-10-25T23:59",
            "2026-11-01T23:59",
            id="on a Monday from today",
        ),
        pytest.param(
            datetime(2026, 10, 12, 3, tzinfo=UTC),
            "2026-10-12T00:00",
            "2026-10-25T23:59",
            "2026-11-01T23:59",
            id="Sunday evening in Chicago",
        ),
    ],
)
def test_a_new_round_is_proposed_as_the_model_course_has_it(
    context: Flask, now: datetime, opens: str, comments_due: str, summary_due: str
) -> None:
    course = make.add_course()
    make.add_assignment(course, "c4t-1")
    proposed = propose_rule(db.session(), course.id, now)
    filled = proposed.typed
    assert (proposed.key, filled.title, filled.quota.required) == ("c4t-2", "C4T #2", 2)
    assert (filled.opens, filled.comments_due, filled.summary_due) == (opens, comments_due, summary_due)


def test_lists_ask_the_same_number_of_questions_for_any_class(context: Flask) -> None:
    asked: dict[str, list[int]] = {}
    for key, students, assignments in (("few", 15, 2), ("many", 150, 2), ("long", 15, 12)):
        room = fill(make.add_course(key), students, assignments)
        for student in room.students[::2]:
            give_class_blog(room, student)
        db.session.commit()
        course_id, now = room.course.id, make.NOW
        blog, student, assignment = room.blogs[0], room.students[0], room.assignments[0]
        pages = (
            lambda: load_board(db.session(), course_id, now),  # noqa: B023 - called in this turn
            lambda: load_board(db.session(), course_id, now, "class-blog"),  # noqa: B023
            lambda: load_blog(db.session(), course_id, blog, now),  # noqa: B023
            lambda: load_list(db.session(), course_id),  # noqa: B023
            lambda: load_roster(db.session(), course_id, RosterFilter()),  # noqa: B023
            lambda: load_student_page(db.session(), course_id, student, now),  # noqa: B023
            lambda: load_assignment_list(db.session(), course_id, now),  # noqa: B023
            lambda: load_assignment_page(db.session(), course_id, assignment, now),  # noqa: B023
        )
        for page in pages:
            db.session.expire_all()
            _ = (blog.title, student.section, assignment.key)  # what a door has loaded before
            with counted_queries() as sent:
                page()
            asked.setdefault(key, []).append(len(sent))
    assert asked["few"] == asked["many"] == asked["long"]
    assert max(asked["few"]) <= 14

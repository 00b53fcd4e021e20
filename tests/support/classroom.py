"""A whole class a morning after a deadline, by plain rows: as many students and rounds as asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from tests.support import factories as make
from tracker.domain.assignment import CommentsRule, SummaryRule, Window
from tracker.extensions import db
from tracker.models import Assignment, Blog, Course, Enrollment, Run, Section

GIVEN = ("Chidinma", "Tobenna", "Folasade", "José Ignacio", "Parisa", "Linnea", "Maria", "Rohan", "Nana Ama",
         "Elif", "Zofia", "Damilola", "Xiomara", "Hannah", "Shándíín", "Marcus", "Selam", "Guðrún", "Dakota",
         "Åsa", "Imani", "Đức Anh", "Luz Marina", "Fiona", "Joaquín")  # fmt: skip
FAMILY = ("Abara", "Achebe-Moreau", "Adeyemi", "Aguilar Peña", "Ahmadi", "Åkerström", "Alves", "Anand",
          "Appiah-Kubi", "Arslan", "Bąk", "Balogun", "Barrientos", "Bauer", "Begaye", "Bell", "Birhanu",
          "Björnsdóttir", "Blackhorse", "Brännström", "Brooks", "Bui", "Cabrera", "Campbell",
          "Featherstonehaugh-Villanueva of the Lower Marsh")  # fmt: skip
BLOGS = ("Ms. Aiyana’s Word Lab", "Fractions & Friends", "The Curious Classroom", "Half Past Recess",
         "Kia Ora, Room Nine", "A Desk by the Window")  # fmt: skip

PATTERN: tuple[tuple[str, str], ...] = (
    ("met", "met"),
    ("met", "met"),
    ("met", "met"),
    ("met", "met"),
    ("met", "not_found_yet"),
    ("met", "met"),
    ("not_found_yet", "not_found_yet"),
    ("met", "met"),
    ("in_review", "in_review"),
    ("met", "met"),
    ("met", "cannot_see"),
    ("met", "met"),
    ("met", "late"),
    ("met", "met"),
    ("in_moderation", "met"),
    ("met", "date_questionable"),
    ("met", "does_not_count"),
    ("excused", "excused"),
)
"""How a class's comments stand in the round that was due last, student by student, over and over."""

SAYS = {
    "met": "Met. 65 words, Fri Oct 16, 19:42 CDT.",
    "late": "It came 30 minutes after the due time, Sun Oct 25, 23:59 CDT.",
    "not_found_yet": "We looked everywhere after Sun Oct 25, 23:59 CDT; nothing of theirs for this.",
    "cannot_see": "“Ms. Aiyana’s Word Lab” does not answer since Sat Oct 24, 02:15 CDT.",
    "in_moderation": "Held by the owner; receipt saved Sun Oct 25, 22:11 CDT, on time.",
    "in_review": "A comment that may be theirs waits for a decision.",
    "date_questionable": "Says Oct 25, 21:10; complete looks at 22:00 and 23:00 did not show it.",
    "does_not_count": "Found, 48 words; the rule asks for 50.",
    "excused": "Excused.",
    "not_due": "Due Sun Nov 1, 23:59 CST.",
}


@dataclass
class Classroom:
    course: Course
    sections: list[Section]
    students: list[Enrollment]
    assignments: list[Assignment]
    blogs: list[Blog]
    states: dict[int, tuple[str, str]] = field(default_factory=dict)
    """enrollment -> the states of its two comments in the round due last."""


def fill(
    course: Course, students: int = 24, assignments: int = 3, sections: Sequence[Section] = ()
) -> Classroom:
    """Fill a course with students and rounds; `make.NOW` is eight hours after the newest was due.

    Round n of `assignments` is due n weeks earlier; all but the newest are met by everybody. The
    newest one's comments follow `PATTERN`; its summary is not due yet. Commits.
    """
    rooms = list(sections) or [make.add_section(course, str(n)) for n in (1, 2)]
    people = [_add_student(course, n, rooms[n % len(rooms)]) for n in range(students)]
    blogs = [make.add_blog(title) for title in BLOGS]
    for blog in blogs:
        make.follow(course, blog)
        make.add_feed(blog)
    room = Classroom(course, rooms, people, [], blogs)
    for age in reversed(range(assignments)):
        room.assignments.append(_add_round(room, age, assignments - age))
    ended = make.NOW - timedelta(hours=5)
    db.session.add(
        Run(trigger="nightly", started_at=ended - timedelta(minutes=16), ended_at=ended, due=12, done=12)
    )
    db.session.commit()
    return room


def _add_student(course: Course, n: int, section: Section) -> Enrollment:
    """Names repeat after 25 and then carry a number, so that each is one student's."""
    turn = n // len(FAMILY)
    family = FAMILY[n % len(FAMILY)] + (f" {turn + 1}" if turn else "")
    return make.add_enrollment(
        course, name="x", given_name=GIVEN[(n + turn) % len(GIVEN)], family_name=family, section=section
    )


def _add_round(room: Classroom, age: int, number: int) -> Assignment:
    """The round that was due `age` weeks before the newest."""
    due = make.DUE - timedelta(weeks=age)
    opens = due - timedelta(days=14)
    rule = replace(
        make.terms(f"C4T #{number}"),
        comments=CommentsRule(2, Window(due, opens), min_words=50),
        summary=SummaryRule(
            Window(due + timedelta(days=7, hours=1 if age == 0 else 0), opens), (f"C4T #{number}",)
        ),
    )
    made = make.add_assignment(room.course, f"c4t-{number}", rule)
    for n, student in enumerate(room.students):
        blog = room.blogs[n % len(room.blogs)]
        make.allocate(made, student, blog)
        comments = PATTERN[n % len(PATTERN)] if age == 0 else ("met", "met")
        if age == 0:
            room.states[student.id] = comments
        summary = "met" if age else ("met" if n % 3 == 0 else "not_due")
        states = {"comment-1": comments[0], "comment-2": comments[1], "summary": summary}
        _add_verdicts(room, made, student, blog, states, due)
    db.session.flush()
    return made


def _add_verdicts(
    room: Classroom, made: Assignment, student: Enrollment, blog: Blog, states: dict[str, str], due: Any
) -> None:
    for requirement, state in states.items():
        place = room.blogs[0] if state == "cannot_see" else blog
        values: dict[str, Any] = {"says": SAYS[state], "evidence": {"blog_ids": [place.id]}, "due_at": due}
        if state == "in_review":
            values["reason"] = "undecided"
        if requirement == "comment-1" and state in ("met", "in_review"):
            post = make.add_post(blog)
            posted = due - timedelta(days=3)
            comment = make.add_comment(post, student.given_name, posted_at=posted, first_seen_at=posted)
            if state == "met":
                make.add_linkage(room.course, comment, student)
            else:
                make.add_linkage(room.course, comment, candidates=[student])
            values["comment_id"] = comment.id
        make.add_verdict(made, student, requirement, state, **values)

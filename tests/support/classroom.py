"""A whole class a morning after a deadline, by plain rows: as many students and rounds as asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from tests.support import factories as make
from tests.support.queries import counted_queries
from tracker.domain.assignment import Condition, Window
from tracker.domain.states import State
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.models import (
    Allocation,
    Assignment,
    Blog,
    Comment,
    CommentVersion,
    Course,
    Enrollment,
    Linkage,
    Post,
    RequirementVerdict,
    Run,
    Section,
)

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

Rows = dict[type[Any], list[dict[str, Any]]]
"""model -> values; rows that nothing refers to by id are made without objects, since there are many."""


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
    course: Course,
    students: int = 24,
    assignments: int = 3,
    sections: Sequence[Section] = (),
    now: datetime = make.NOW,
) -> Classroom:
    """Fill a course with students and rounds; the newest was due eight hours before `now`.

    Round n of `assignments` is due n weeks earlier; all but the newest are met by everybody. The
    newest one's comments follow `PATTERN`; its summary is not due yet. Commits.
    """
    rooms = list(sections or course.sections) or [make.add_section(course, str(n)) for n in (1, 2)]
    people = _add_students(course, students, rooms)
    blogs = [make.add_blog(title) for title in BLOGS]
    for blog in blogs:
        make.follow(course, blog)
        make.add_feed(blog)
    room = Classroom(course, rooms, people, [], blogs)
    for age in reversed(range(assignments)):
        due = now - timedelta(hours=8, weeks=age)
        room.assignments.append(_add_round(room, due, age, assignments - age))
    ended = now - timedelta(hours=5)
    db.session.add(
        Run(trigger="nightly", started_at=ended - timedelta(minutes=16), ended_at=ended, due=12, done=12)
    )
    db.session.commit()
    return room


def queries_by_size(load: Callable[[Classroom], object]) -> list[int]:
    """How many queries it takes to load a small class, a large one, and a small one late in a long term."""
    asked = []
    for key, students, assignments in (("few", 15, 2), ("many", 150, 2), ("long", 15, 12)):
        room = fill(make.add_course(key), students=students, assignments=assignments)
        db.session.expire_all()
        with counted_queries() as sent:
            load(room)
        asked.append(len(sent))
    return asked


def _add_students(course: Course, number: int, sections: Sequence[Section]) -> list[Enrollment]:
    """Names repeat after 25 and then carry a number, so that each is one student's."""
    found = []
    for n in range(number):
        turn, place = divmod(n, len(FAMILY))
        found.append(
            Enrollment(
                course_id=course.id,
                role="student",
                external_id=f"{course.key}-{n}",
                given_name=GIVEN[(n + turn) % len(GIVEN)],
                family_name=FAMILY[place] + (f" {turn + 1}" if turn else ""),
                section_id=sections[n % len(sections)].id,
                created_at=make.NOW,
            )
        )
    db.session.add_all(found)
    db.session.flush()
    return found


def _add_round(room: Classroom, due: datetime, age: int, number: int) -> Assignment:
    """The round that was due `age` weeks before the newest. Rows go in together: there are many."""
    opens = due - timedelta(days=14)
    # The newest round's summary is due after clocks went back.
    summary_due = due + timedelta(days=7, hours=1 if age == 0 else 0)
    rule = make.terms(
        f"C4T #{number}",
        Window(due, opens),
        Window(summary_due, opens),
        conditions=(Condition(Trait.WORDS, 50),),
    )
    made = make.add_assignment(room.course, f"c4t-{number}", rule)
    posts = [make.add_post(blog) for blog in room.blogs]
    rows: Rows = defaultdict(list)
    first = {}
    for n, student in enumerate(room.students):
        post = posts[n % len(posts)]
        states = PATTERN[n % len(PATTERN)] if age == 0 else ("met", "met")
        room.states[student.id] = states
        if states[0] in ("met", "in_review"):
            first[student.id] = _comment(post, student, due - timedelta(days=3))
        rows[Allocation].append(
            {
                "assignment_id": made.id,
                "enrollment_id": student.id,
                "blog_id": post.blog_id,
                "created_at": make.NOW,
            }
        )
    db.session.add_all(first.values())
    db.session.flush()
    for n, student in enumerate(room.students):
        comment = first.get(student.id)
        states = room.states[student.id]
        if comment is not None:
            _add_texts(rows, room.course, comment, student, is_theirs=states[0] == "met")
        summary = "met" if age or n % 3 == 0 else "not_due"
        asked = {"comment-1": states[0], "comment-2": states[1], "summary": summary}
        for requirement, state in asked.items():
            place = room.blogs[0 if state == "cannot_see" else n % len(room.blogs)]
            rows[RequirementVerdict].append(
                {
                    "assignment_id": made.id,
                    "enrollment_id": student.id,
                    "requirement": requirement,
                    "state": state,
                    **_reason(State(state), place),
                    "evidence": {"blog_ids": [place.id]},
                    "due_at": summary_due if requirement == "summary" else due,
                    "credit": Decimal(100 if state in {"met", "in_moderation"} else 0),
                    "comment_id": comment.id if comment and requirement == "comment-1" else None,
                    "terms_version": 1,
                    "rules_version": "test",
                    "as_of": make.NOW,
                }
            )
    for model, given in rows.items():
        db.session.execute(insert(model), given)
    return made


def _reason(state: State, place: Blog) -> dict[str, Any]:
    reason, params = make.REASONS[state]
    clock: list[dict[str, Any]] = []
    if state is State.CANNOT_SEE:
        reason = "blog-failing"
        params = {"blog_id": place.id, "since": "2026-10-24T07:15:00+00:00"}
    elif state is State.DATE_QUESTIONABLE:
        told = {"stated": "2026-10-26T02:10:00+00:00", "checked": "2026-10-26T04:00:00+00:00"}
        clock = [{"code": "not-shown", "params": told}]
    return {"reason": reason, "params": params, "clock": clock}


def _comment(post: Post, student: Enrollment, posted: datetime) -> Comment:
    n = f"{post.id}-{student.id}"
    return Comment(
        blog_id=post.blog_id,
        post_id=post.id,
        kind="comment",
        identity=f"number:{n}",
        permalink=f"{post.url}#comment-{n}",
        author=student.given_name,
        source="atom",
        posted_at=posted,
        posted_basis="offset",
        first_seen_at=posted + timedelta(hours=6),
    )


def _add_texts(rows: Rows, course: Course, comment: Comment, student: Enrollment, *, is_theirs: bool) -> None:
    candidate = {
        "enrollment_id": student.id,
        "bits": 4.0,
        "probability": 0.6,
        "level": "possible",
        "evidence": [],
    }
    rows[CommentVersion].append(
        {
            "comment_id": comment.id,
            "n": 1,
            "source": "atom",
            "seen_at": comment.first_seen_at,
            "text": "<p>So true.</p>",
            "hash": f"{comment.id:064x}",
        }
    )
    rows[Linkage].append(
        {
            "course_id": course.id,
            "comment_id": comment.id,
            "enrollment_id": student.id if is_theirs else None,
            "verdict": "accept" if is_theirs else "review",
            "reason": "accepted" if is_theirs else "undecided",
            "candidates": [candidate],
            "rules_version": "test",
        }
    )

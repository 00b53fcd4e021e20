"""The whole invented course: plan a term of comments, write each, label it, and hand out the files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from tests.support.strangers import scenes_hard as hard
from tests.support.strangers import scenes_others as others
from tests.support.strangers import scenes_students as students_write
from tests.support.strangers.drafts import Draft
from tests.support.strangers.followed import ROUNDS, Assignment, Blog, assign, draw_blogs, first_day
from tests.support.strangers.habits import RETICENT, Habits
from tests.support.strangers.labels import Roster, account_is_shown, must_look_first
from tests.support.strangers.phrases import open_phrasebook
from tests.support.strangers.platforms import record
from tests.support.strangers.setting import Setting, draw_setting
from tests.support.strangers.students import Student, draw_students
from tests.support.strangers.world import World, draw_visitors

Row = dict[str, object]
SceneOf = Callable[[World, Draft, Student], None]

BY_STUDENTS: tuple[SceneOf, ...] = (
    students_write.plain,
    students_write.signed,
    students_write.introduced,
    students_write.linked,
    students_write.names_classmate,
    students_write.addresses_other,
    students_write.quotes,
    students_write.slips_in_address,
    students_write.has_plugin_tail,
    hard.shared_computer,
    hard.two_writers,
    hard.pseudonym,
    hard.tells_of_relative,
    hard.tells_of_former_job,
    hard.copied,
)
BY_OTHERS: tuple[tuple[SceneOf, float], ...] = (
    (others.outsider, 19.5),
    (others.outsider_with_a_life, 5),
    (others.near_the_course, 2.2),
    (others.namesake, 2.8),
    (others.owner_reply, 6),
    (others.staff, 0.9),
    (others.child, 2.4),
    (others.pingback, 1.8),
    (others.spam, 2),
    (others.names_student, 0.9),
    (others.impersonation, 0.3),
)


@dataclass(frozen=True)
class Course:
    """The five files' rows, and what a matcher may be told of the course."""

    setting: Setting
    roster: list[Row]
    blogs: list[Row]
    assignments: list[Row]
    comments: list[dict[str, str]]
    truth: list[Row]

    def options(self) -> Row:
        """Course words, staff and course blog."""
        staff = (self.setting.professor, self.setting.assistant)
        return {
            "course_words": list(self.setting.course_words()),
            "staff": [f"{person.call} {person.family}" for person in staff],
            "course_blog": self.setting.course_blog,
        }

    def write(self, folder: Path) -> None:
        """Write the five files, and course.json with the options."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in (("roster", self.roster), ("blogs", self.blogs), ("assignments", self.assignments)):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                table = csv.DictWriter(out, list(rows[0]))
                table.writeheader()
                table.writerows(rows)
        _write_lines(folder / "comments.jsonl", self.comments)
        _write_lines(folder / "truth.jsonl", self.truth)
        (folder / "course.json").write_text(
            json.dumps(self.options(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


def _write_lines(path: Path, rows: Iterable[object]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def make_course(
    seed: int,
    wordings: str = "a",
    *,
    students: int = 150,
    blogs: int = 40,
    comments: int = 2600,
    habits: Habits = RETICENT,
) -> Course:
    """An invented labelled course; the same seed, wordings and habits give the same course."""
    rng = Random(f"{wordings}{seed}")
    world = make_world(rng, wordings, students=students, blogs=blogs, habits=habits)
    plan = _plan(world, comments, habits)
    drafts = [_write(world, scene, blog, student, at) for scene, blog, student, at in plan]
    drafts.sort(key=lambda draft: draft.at)
    numbers = [f"c{number}" for number in world.rng.sample(range(100_000, 999_999), comments)]
    return Course(
        setting=world.setting,
        roster=[_roster_row(student) for student in world.students],
        blogs=[
            {
                "blog_url": blog.url,
                "owner_name": f"{blog.owner.call} {blog.owner.family}",
                "platform": blog.platform,
            }
            for blog in world.blogs
        ],
        assignments=[_assignment_row(row) for row in world.assignments],
        comments=[record(draft, number, world.rng) for draft, number in zip(drafts, numbers, strict=True)],
        truth=_truth(world, drafts, numbers),
    )


def make_world(rng: Random, wordings: str, *, students: int, blogs: int, habits: Habits = RETICENT) -> World:
    """The course before anybody comments."""
    book = open_phrasebook(wordings)
    setting = draw_setting(wordings, rng)
    enrolled = draw_students(students, setting, book, rng, habits)
    followed = draw_blogs(blogs, enrolled, setting, book, rng)
    roster = Roster(enrolled, [setting.professor, setting.assistant])
    assignments = assign(followed, enrolled, setting, rng)
    world = World(rng, book, setting, enrolled, followed, assignments, roster)
    world.visitors = draw_visitors(blogs * 6, enrolled, setting, book, rng)
    for row in assignments:
        if row.student not in world.assigned_to[row.blog.url]:
            world.assigned_to[row.blog.url].append(row.student)
    return world


def _plan(world: World, comments: int, habits: Habits) -> list[tuple[SceneOf, Blog, Student, datetime]]:
    """Who comments where and when, in order of time."""
    rng = world.rng
    shares = [(scene, habits.scenes[scene.__name__]) for scene in BY_STUDENTS] + [*BY_OTHERS]
    scenes = rng.choices([scene for scene, _ in shares], [share for _, share in shares], k=comments)
    by_students = set(BY_STUDENTS)
    plan = []
    for scene in scenes:
        row = rng.choice(world.assignments)
        day = row.start + timedelta(days=rng.randint(0, (row.end - row.start).days))
        blog, student = row.blog, row.student
        if scene not in by_students:
            blog = rng.choice(world.blogs) if rng.random() < 0.5 else blog
            day = first_day(world.setting) + timedelta(days=rng.randint(0, ROUNDS * 24))
        elif rng.random() < 0.14:
            blog = rng.choice(world.blogs)
        at = datetime.combine(day, time(rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59)), UTC)
        plan.append((scene, blog, student, at))
    return sorted(plan, key=lambda item: item[3])


def _write(world: World, scene: SceneOf, blog: Blog, student: Student, at: datetime) -> Draft:
    draft = world.draft(blog, at)
    if scene in BY_STUDENTS:
        world.as_student(draft, student)
    scene(world, draft, student)
    world.history[blog.url].append(draft)
    return draft


def _truth(world: World, drafts: list[Draft], numbers: list[str]) -> list[Row]:
    rows: list[Row] = []
    writers_of: dict[str, set[str]] = {}
    for draft, number in zip(drafts, numbers, strict=True):
        student = draft.writer
        assigned = student in world.assigned_to[draft.blog.url]
        phenomena = set(draft.seen_phenomena)
        key = _account_key(draft)
        who = student.student_id if student else "nobody"
        if key and student and writers_of.get(key) == {who}:
            phenomena.add("account_seen_before")
        if key:
            writers_of.setdefault(key, set()).add(who)
        if student and not assigned:
            phenomena.add("not_assigned_here")
        if student and not world.roster.alone_with_full_name(student):
            phenomena.add("shares_full_name")
        rows.append(
            {
                "id": number,
                "student_id": student.student_id if student else None,
                "kind": draft.kind,
                "must_not_auto": must_look_first(draft, world.roster, assigned=assigned),
                "phenomena": sorted(phenomena),
            }
        )
    return rows


def _account_key(draft: Draft) -> str:
    if account_is_shown(draft):
        return draft.form.account
    return draft.form.email if draft.blog.source == "wordpress-rest" else ""


def _roster_row(student: Student) -> Row:
    person = student.person
    return {
        "student_id": student.student_id,
        "given_name": person.given,
        "family_name": person.family,
        "preferred_name": person.preferred,
        "email": student.email,
        "blog_url": student.blog_url,
        "aliases": ";".join(student.aliases),
        "twitter": student.twitter,
        "section": student.section,
    }


def _assignment_row(row: Assignment) -> Row:
    return {
        "blog_url": row.blog.url,
        "student_id": row.student.student_id,
        "round": row.round,
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
    }

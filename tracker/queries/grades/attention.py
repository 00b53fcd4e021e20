"""What a round waits for: questions for a person, and blogs that hide something from us.

Tested in tests/queries/course/test_dashboard.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.grade import Verdict
from tracker.domain.grouping import grouped
from tracker.domain.linkage import Candidate, EvidenceKind, MatchVerdict
from tracker.domain.states import HIDDEN, NEEDS_PERSON, urgency_of
from tracker.models import Comment, Course, Enrollment, Linkage, RequirementVerdict
from tracker.queries.class_standing import Part, Student, in_sections, load_parts, load_students
from tracker.queries.coursework import active_students
from tracker.queries.standings import Standings, load_standings
from tracker.wording.evidence import say_kinds
from tracker.wording.numbers import say_count, say_number
from tracker.wording.sentences import Phrasing
from tracker.wording.verdicts import say_marks, say_verdict


@dataclass(frozen=True, slots=True)
class Open:
    """A stored verdict that is not settled."""

    assignment_id: int
    enrollment_id: int
    verdict: Verdict

    def is_of(self, part: Part) -> bool:
        return self.assignment_id == part.assignment_id and self.verdict.requirement in part.keys


@dataclass(frozen=True, slots=True)
class Need:
    """One student whose standing in a part waits for a person; `settles` says what the answer decides, if not
    the grade itself. `comment_id` is set when the question is whose comment it is: the review queue answers
    it; else the student's own page does."""

    student: Student
    part: Part
    says: str
    settles: str
    comment_id: int | None = None
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Unseen:
    """One place that hides something, with how many students wait for it. `blog_id` is None
    where no blog is the reason."""

    blog_id: int | None
    title: str
    icon: str
    says: str
    students: int


@dataclass(frozen=True, slots=True)
class _Undecided:
    """A comment in review, with the kinds of evidence for one of its candidates."""

    comment_id: int
    author: str
    account: str
    kinds: tuple[EvidenceKind, ...]


def load_open(session: Session, course_id: int, section_ids: Collection[int] | None = None) -> list[Open]:
    """Every verdict of the course that asks for a person, or that a blog holds up; whether it still does,
    where a grade was recorded, its student's standing says."""
    rows = session.scalars(
        select(RequirementVerdict)
        .join(Enrollment, Enrollment.id == RequirementVerdict.enrollment_id)
        .where(
            active_students(course_id),
            in_sections(section_ids),
            or_(
                RequirementVerdict.state.in_(NEEDS_PERSON | HIDDEN),
                RequirementVerdict.marks.is_not(None),
            ),
        )
        .order_by(RequirementVerdict.assignment_id, RequirementVerdict.requirement, RequirementVerdict.id)
    )
    return [Open(row.assignment_id, row.enrollment_id, row.as_verdict()) for row in rows]


def load_undecided(session: Session, course_id: int) -> dict[int, list[_Undecided]]:
    """enrollment -> the comments in review of which this student is a candidate."""
    rows = session.execute(
        select(Comment.id, Comment.author, Comment.account, Linkage.candidates)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .where(Linkage.course_id == course_id, Linkage.verdict == MatchVerdict.REVIEW.value)
        .order_by(Comment.id)
    )
    return grouped(
        (
            candidate.enrollment_id,
            _Undecided(
                comment_id, author, account, tuple(one.kind for one in candidate.evidence if one.bits > 0)
            ),
        )
        for comment_id, author, account, candidates in rows
        for candidate in map(Candidate.from_json, candidates)
    )


@dataclass(frozen=True, slots=True)
class Needs:
    """Who needs a person, with the question of each in words."""

    opened: Sequence[Open]
    students: Sequence[Student]
    standings: Standings
    undecided: Mapping[int, list[_Undecided]]
    phrasing: Phrasing

    def find(self, parts: Iterable[Part]) -> list[Need]:
        """One line for each student and part with a question, those that decide most first."""
        needs: list[Need] = []
        for part in parts:
            asked = grouped(
                (one.enrollment_id, one.verdict)
                for one in self.opened
                if one.is_of(part) and (one.verdict.state in NEEDS_PERSON or one.verdict.marks)
            )
            needs += [
                self._need(student, part, asked.get(student.enrollment_id, []))
                for student in self.students
                if self.standings.of(part, student.enrollment_id).needs_you
            ]
        return sorted(needs, key=lambda need: -need.comments)

    def _need(self, student: Student, part: Part, mine: Sequence[Verdict]) -> Need:
        if not mine:
            return Need(student, part, "All work is in. Choose the levels of the rubric.", settles="")
        first = mine[0]
        settles = f"Decides {_say_keys([one.requirement for one in mine], part)} of {part.title}"
        undecided = self.undecided.get(student.enrollment_id, [])
        matched = {one.comment_id: one for one in undecided}
        if first.comment_id not in matched or not first.reason.startswith("undecided"):
            says = " ".join((say_verdict(first, self.phrasing), *say_marks(first, self.phrasing)))
            return Need(student, part, says, settles)
        known = matched[first.comment_id]
        same = [one for one in undecided if (one.author, one.account) == (known.author, known.account)]
        given = student.given or student.name
        says = f"“{known.author or 'Anonymous'}” left {say_count(len(same), 'comment')}"
        says += f". {say_kinds(known.kinds, given)}" if known.kinds else f" that may be {given}’s."
        return Need(student, part, says, settles, known.comment_id, len(same))


def load_needs(session: Session, course_id: int, section_ids: Collection[int] | None = None) -> list[Need]:
    """Everybody who needs a person, in all parts of the course."""
    needs = Needs(
        opened=load_open(session, course_id, section_ids),
        students=load_students(session, course_id, section_ids),
        standings=load_standings(session, course_id, section_ids),
        undecided=load_undecided(session, course_id),
        phrasing=Phrasing(session.get_one(Course, course_id).locale),  # questions name no blog
    )
    return needs.find(load_parts(session, course_id))


def _say_keys(keys: Sequence[str], part: Part) -> str:
    """ "comment 1", "both comments", "the summary"."""
    if part.links:
        return "the summary"
    if len(keys) == len(part.keys) > 1:
        return "both comments" if len(keys) == 2 else f"all {say_number(len(keys))} comments"
    return " and ".join(_WEEKLY.sub(r"\1 \3 of week \2", key).replace("-", " ") for key in keys)


_WEEKLY = re.compile(r"^(\w+)-w(\d+)-(\d+)$")


def find_unseen(
    opened: Sequence[Open], part: Part, hidden: Collection[int], phrasing: Phrasing
) -> list[Unseen]:
    """What hides something from us in one part, most students first. `hidden` are the students who can't be
    seen; each stands in one line only, so that the lines add up to them."""
    first: dict[int, Verdict] = {}
    for one in sorted(opened, key=lambda one: urgency_of(one.verdict.state)):
        if one.is_of(part) and one.enrollment_id in hidden and one.verdict.state in HIDDEN:
            first.setdefault(one.enrollment_id, one.verdict)
    lines = Counter(
        (_place(verdict), verdict.state.value, say_verdict(verdict, phrasing)) for verdict in first.values()
    )
    found = [
        Unseen(blog_id, _title(blog_id, phrasing.titles), icon, says, number)
        for (blog_id, icon, says), number in lines.items()
    ]
    return sorted(found, key=lambda line: (line.icon, -line.students, line.title.casefold()))


def _place(verdict: Verdict) -> int | None:
    """The blog a verdict is about: the one its reason names, else the first it rests on."""
    named = verdict.params.get("blog_id")
    if isinstance(named, int):
        return named
    return verdict.blog_ids[0] if verdict.blog_ids else None


def _title(blog_id: int | None, titles: Mapping[int, str]) -> str:
    return "No blog assigned" if blog_id is None else titles.get(blog_id, "A blog")

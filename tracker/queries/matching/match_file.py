"""The matching rooms alone: a roster and comments in files -> a decision for each comment, in a file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tracker.domain.errors import FileError
from tracker.domain.linkage import Match, MatchVerdict
from tracker.domain.roster import BlogProfile, CourseSigns, HandleKind
from tracker.matching.candidates import RosterIndex, index_roster
from tracker.matching.decide import match_entry
from tracker.matching.handles import handle_taught_by
from tracker.matching.learning import choose_lessons, lessons_of
from tracker.matching.match_tables import (
    FileComment,
    enrollee_from,
    find_profile,
    read_allocations,
    read_blogs,
    read_comments,
    read_json_lines,
    read_roster,
    split_list,
)
from tracker.matching.teachable import Teachable
from tracker.queries.matching.account_keys import account_keys
from tracker.queries.matching.file_lessons import FileLessons

UNLISTED_BLOG = BlogProfile(0)
TWITTER = "twitter:"


@dataclass(frozen=True, slots=True)
class MatchFileReport:
    """How many comments were read, and what was decided about them."""

    comments: int
    accepted: int
    to_review: int
    ignored: int
    taught: int = 0


@dataclass(frozen=True, slots=True)
class _Course:
    """What the files say, with the numbers the matching rooms know students and blogs by."""

    student_ids: Mapping[int, str]
    enrollment_ids: Mapping[str, int]
    blogs: Mapping[str, BlogProfile]
    index: RosterIndex
    lessons: FileLessons

    def blog_of(self, row: FileComment) -> BlogProfile:
        return find_profile(self.blogs, row.blog_keys) or UNLISTED_BLOG


def match_file(
    *,
    roster: Path | str,
    blogs: Path | str,
    allocations: Path | str,
    comments: Path | str,
    words: str,
    staff: str,
    course_blog: str,
    out: Path | str,
    answers: Path | str | None = None,
) -> MatchFileReport:
    """Decide for every comment of a file which student wrote it, and write the decisions.

        read files -> index the roster -> in order of publication: match, then learn the answer -> write

    With `answers`, what a person decided is given back after each comment sent to review: a student
    teaches the account, the answer "no student" teaches a denial. A decision never depends on its own or a
    later answer.
    `words` and `staff` are separated by semicolons. FileError names the line that cannot be used.
    """
    course = _read_course(
        roster=Path(roster),
        blogs=Path(blogs),
        allocations=Path(allocations),
        signs=CourseSigns(split_list(words), split_list(staff), course_blog),
    )
    rows = read_comments(Path(comments))
    given = _read_answers(Path(answers), course) if answers is not None else None

    matches: dict[str, Match] = {}
    taught = 0
    for row in sorted(rows, key=_by_time):
        match = match_entry(row.entry, course.blog_of(row), course.index)
        matches[row.comment_id] = match
        if given is not None:
            taught += _learn(course, row, match, given)

    decided = Counter(match.verdict for match in matches.values())
    _write_decisions(Path(out), [row.comment_id for row in rows], matches, course.student_ids)
    return MatchFileReport(
        comments=len(rows),
        accepted=decided[MatchVerdict.ACCEPT],
        to_review=decided[MatchVerdict.REVIEW],
        ignored=decided[MatchVerdict.IGNORE],
        taught=taught,
    )


def _learn(course: _Course, row: FileComment, match: Match, given: Mapping[str, int | None]) -> int:
    """Teach what a person decided on a reviewed comment, or provisionally what an accept proved.

    Returns how many decisions of people were taught.
    """
    if match.verdict is MatchVerdict.ACCEPT and match.enrollment_id is not None:
        handle = handle_taught_by(row.entry, match)
        if handle is None or not handle.key.startswith(TWITTER):  # no proof: never from an accept
            course.lessons.learn_from_accept(match.enrollment_id, handle)
        return 0
    if match.verdict is not MatchVerdict.REVIEW or row.comment_id not in given:
        return 0
    who = given[row.comment_id]
    blog_id = course.blog_of(row).blog_id
    known = course.index.known_blogs
    offered = tuple(
        one
        for one in lessons_of(row.entry, blog_id=blog_id)
        if one.handle.kind is HandleKind.NAME or known.find(one.handle.shown) not in known
    )
    teachable = Teachable(offered, match)
    lessons = choose_lessons(teachable.for_answer(who), True)
    if who is not None and teachable.is_of_another(who):
        course.lessons.note_uses(who, offered)
    beside = account_keys(row.entry.account, row.entry.author_url, row.entry.avatar_hash)
    for lesson in lessons:
        course.lessons.learn(who, lesson.handle, blog_id, beside)
    return int(bool(lessons))


def _read_course(*, roster: Path, blogs: Path, allocations: Path, signs: CourseSigns) -> _Course:
    people = read_roster(roster)
    enrollment_ids = {student_id: number for number, student_id in enumerate(sorted(people), 1)}
    profiles = read_blogs(blogs)
    allocated = read_allocations(allocations, enrollment_ids, profiles)
    enrollees = [
        enrollee_from(enrollment_ids[student_id], row, tuple(allocated.get(student_id, ())))
        for student_id, row in people.items()
    ]
    index = index_roster(enrollees, signs, blogs=tuple(profiles.values()))
    return _Course(
        student_ids={number: student_id for student_id, number in enrollment_ids.items()},
        enrollment_ids=enrollment_ids,
        blogs=profiles,
        index=index,
        lessons=FileLessons(index),
    )


def _read_answers(path: Path, course: _Course) -> dict[str, int | None]:
    """What a person said of each comment: a student's number, or None for no student. No more is read."""
    answers: dict[str, int | None] = {}
    for line, row in read_json_lines(path):
        comment_id, student_id = row.get("id"), row.get("student_id")
        if not isinstance(comment_id, str):
            raise FileError(f"{path.name}, line {line}: the id is missing.", line=line)
        if student_id and student_id not in course.enrollment_ids:
            raise FileError(f"{path.name}, line {line}: {student_id} is not on the roster.", line=line)
        answers[comment_id] = course.enrollment_ids[str(student_id)] if student_id else None
    return answers


def _write_decisions(
    path: Path, ids: Sequence[str], matches: Mapping[str, Match], student_ids: Mapping[int, str]
) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for comment_id in ids:
            match = matches[comment_id]
            who = match.enrollment_id
            if match.verdict is MatchVerdict.REVIEW and match.candidates:
                who = match.candidates[0].enrollment_id
            student = student_ids[who] if who is not None else None
            out.write(
                json.dumps({"id": comment_id, "decision": match.verdict.value, "student_id": student}) + "\n"
            )


def _by_time(row: FileComment) -> tuple[bool, datetime]:
    """Order of publication; comments without a time come last, as they stood."""
    at = row.entry.posted.at
    return at is None, at or datetime.min.replace(tzinfo=UTC)

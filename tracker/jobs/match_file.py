"""The matching rooms alone: a roster and comments in files -> a decision for each comment, in a file."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tracker.domain.errors import FileError
from tracker.domain.feed import Entry, EntryKind, Platform, Source, StatedTime, TimeBasis
from tracker.domain.linkage import Match, MatchVerdict
from tracker.domain.roster import AllocatedBlog, BlogProfile, CourseSigns, Denial, Enrollee, HandleState
from tracker.matching.candidates import RosterIndex, index_roster
from tracker.matching.decide import match_entry
from tracker.matching.handles import (
    account_handle_from,
    handle_taught_by,
    handles_from_roster,
    shared_hosts_in,
)
from tracker.text.addresses import account_key, blog_key

ROSTER_COLUMNS = ("student_id", "given_name", "family_name")
BLOG_COLUMNS = ("blog_url",)
ALLOCATION_COLUMNS = ("blog_url", "student_id", "start", "end")
SOURCES = {
    "wordpress-rss": Source.RSS,
    "wordpress-rest": Source.REST,
    "blogger-atom": Source.ATOM,
    "html": Source.PAGE,
}


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
    teaches the account, nobody a denial. A decision never depends on its own or a later answer.
    `words` and `staff` are separated by semicolons. FileError names the line that cannot be used.
    """
    course = _read_course(Path(roster), Path(blogs), Path(allocations), words, staff, course_blog)
    rows = [_read_comment(line, row) for line, row in _read_json_lines(Path(comments))]
    given = _read_answers(Path(answers), course) if answers is not None else None

    matches: dict[str, Match] = {}
    taught = 0
    for comment_id, blog_url, entry in sorted(rows, key=_by_time):
        match = match_entry(entry, course.blogs.get(blog_key(blog_url), BlogProfile(0)), course.index)
        matches[comment_id] = match
        if given is not None:
            taught += _learn(course.index, entry, match, comment_id, given)

    decided = Counter(match.verdict for match in matches.values())
    _write_decisions(Path(out), [comment_id for comment_id, _, _ in rows], matches, course.student_ids)
    return MatchFileReport(
        comments=len(rows),
        accepted=decided[MatchVerdict.ACCEPT],
        to_review=decided[MatchVerdict.REVIEW],
        ignored=decided[MatchVerdict.IGNORE],
        taught=taught,
    )


def _learn(
    index: RosterIndex, entry: Entry, match: Match, comment_id: str, given: Mapping[str, int | None]
) -> int:
    """Teach what a person decided on a reviewed comment, or provisionally what an accept proved."""
    if match.verdict is MatchVerdict.ACCEPT and match.enrollment_id is not None:
        handle = handle_taught_by(entry, match)
        if handle is not None:
            seen_before = any(
                holder.enrollment_id == match.enrollment_id
                for holder in index.ever_held(handle.kind, handle.key)
            )
            index.learn(
                match.enrollment_id, replace(handle, state=HandleState.ACTIVE) if seen_before else handle
            )
        return 0
    if match.verdict is not MatchVerdict.REVIEW or comment_id not in given:
        return 0
    handle, who = account_handle_from(entry), given[comment_id]
    if handle is None:
        return 0
    if who is None:
        index.deny(Denial(handle.kind, handle.key))
    else:
        index.learn(who, handle)
    return 1


def _read_course(
    roster: Path, blogs: Path, allocations: Path, words: str, staff: str, course_blog: str
) -> _Course:
    people = _read_roster(roster)
    enrollment_ids = {student_id: number for number, student_id in enumerate(sorted(people), 1)}
    profiles = _read_blogs(blogs)
    allocated = _read_allocations(allocations, enrollment_ids, profiles)
    shared = shared_hosts_in(row.get("blog_url", "") for row in people.values())
    enrollees = [
        _enrollee(enrollment_ids[student_id], row, tuple(allocated.get(student_id, ())), shared)
        for student_id, row in people.items()
    ]
    signs = CourseSigns(words=_split(words), staff_names=_split(staff), course_blog=course_blog)
    return _Course(
        student_ids={number: student_id for student_id, number in enrollment_ids.items()},
        enrollment_ids=enrollment_ids,
        blogs=profiles,
        index=index_roster(enrollees, signs, blogs=tuple(profiles.values())),
    )


def _read_roster(path: Path) -> dict[str, dict[str, str]]:
    people: dict[str, dict[str, str]] = {}
    for line, row in _read_csv(path, ROSTER_COLUMNS):
        student_id = row["student_id"]
        if not student_id:
            raise FileError(f"{path.name}, line {line}: the student_id is missing.", line=line)
        if student_id in people:
            raise FileError(f"{path.name}, line {line}: {student_id} is on the roster already.", line=line)
        people[student_id] = row
    return people


def _enrollee(
    number: int, row: Mapping[str, str], allocated: tuple[AllocatedBlog, ...], shared: frozenset[str]
) -> Enrollee:
    return Enrollee(
        enrollment_id=number,
        given_name=row["given_name"],
        family_name=row["family_name"],
        preferred_name=row.get("preferred_name", ""),
        external_id=row["student_id"],
        section=row.get("section", ""),
        handles=handles_from_roster(
            blog_url=row.get("blog_url", ""),
            email=row.get("email", ""),
            aliases=row.get("aliases", ""),
            twitter=row.get("twitter", ""),
            hash_key=None,
            shared_hosts=shared,
        ),
        allocated=allocated,
    )


def _read_blogs(path: Path) -> dict[str, BlogProfile]:
    profiles: dict[str, BlogProfile] = {}
    for line, row in _read_csv(path, BLOG_COLUMNS):
        key = blog_key(row["blog_url"])
        if not key:
            raise FileError(f"{path.name}, line {line}: “{row['blog_url']}” is no blog address.", line=line)
        platform = row.get("platform", "").lower()
        profiles[key] = BlogProfile(
            blog_id=len(profiles) + 1,
            platform=Platform(platform) if platform in set(Platform) else Platform.GENERIC,
            address_keys=(key,),
            owner_names=_split(row.get("owner_name", "")),
        )
    return profiles


def _read_allocations(
    path: Path, students: Mapping[str, int], profiles: dict[str, BlogProfile]
) -> dict[str, list[AllocatedBlog]]:
    allocated: dict[str, list[AllocatedBlog]] = {}
    for line, row in _read_csv(path, ALLOCATION_COLUMNS):
        if row["student_id"] not in students:
            raise FileError(f"{path.name}, line {line}: {row['student_id']} is not on the roster.", line=line)
        key = blog_key(row["blog_url"])
        if key not in profiles:
            raise FileError(f"{path.name}, line {line}: {row['blog_url']} is not among the blogs.", line=line)
        window = AllocatedBlog(
            profiles[key].blog_id,
            opens_at=_read_day(row["start"], path, line, days=0),
            due_at=_read_day(row["end"], path, line, days=1),
        )
        allocated.setdefault(row["student_id"], []).append(window)
    return allocated


def _read_day(text: str, path: Path, line: int, *, days: int) -> datetime | None:
    """A day's first instant in UTC, `days` later; None for an empty cell, which leaves the window open."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError as exc:
        raise FileError(
            f"{path.name}, line {line}: “{text}” is no date (write 2026-10-25).", line=line
        ) from exc
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=days)


def _read_comment(line: int, row: Mapping[str, object]) -> tuple[str, str, Entry]:
    """A comment's id, its blog's address, and the entry as its source would have delivered it."""
    text = {name: value if isinstance(value, str) else "" for name, value in row.items()}
    if not text.get("id"):
        raise FileError(f"line {line} of the comments has no id.", line=line)
    if text.get("source") not in SOURCES:
        known = ", ".join(SOURCES)
        raise FileError(f"line {line} of the comments: the source must be one of {known}.", line=line)
    profile = text.get("author_profile_uri", "")
    avatar = account_key(profile)
    is_avatar = avatar.startswith("avatar:")
    published = text.get("published", "")
    at = _read_instant(published)
    entry = Entry(
        kind=EntryKind.COMMENT,
        source=SOURCES[text["source"]],
        link=text.get("permalink", ""),
        title=text.get("title", ""),
        author=text.get("author_name", ""),
        author_url=text.get("author_url", ""),
        account="" if is_avatar else profile,
        avatar_hash=avatar.removeprefix("avatar:") if is_avatar else "",
        html=text.get("body_html", ""),
        posted=StatedTime(published, at, TimeBasis.OFFSET if at else TimeBasis.MISSING),
        reply_to=(text["post_url"],) if text.get("post_url") else (),
    )
    return text["id"], text.get("blog_url", ""), entry


def _read_instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _read_answers(path: Path, course: _Course) -> dict[str, int | None]:
    """What a person said of each comment: a student's number, or None for nobody. Nothing else is read."""
    answers: dict[str, int | None] = {}
    for line, row in _read_json_lines(path):
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


def _by_time(row: tuple[str, str, Entry]) -> tuple[bool, datetime]:
    """Order of publication; comments without a time come last, as they stood."""
    at = row[2].posted.at
    return at is None, at or datetime.min.replace(tzinfo=UTC)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _read_csv(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers; blank lines and a byte order mark do no harm."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = [(name or "").strip() for name in reader.fieldnames or ()]
            missing = [column for column in columns if column not in names]
            if missing:
                raise FileError(f"{path.name} has no column {', '.join(missing)}.", line=1)
            reader.fieldnames = names
            for row in reader:
                cells = {
                    name: (value or "").strip()
                    for name, value in row.items()
                    if isinstance(name, str) and name
                }
                if any(cells.values()):
                    yield reader.line_num, cells
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise FileError(f"{path.name} cannot be read: {exc}") from exc


def _read_json_lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line, text in enumerate(file, 1):
                if text.strip():
                    yield line, _read_object(text, path, line)
    except (OSError, UnicodeDecodeError) as exc:
        raise FileError(f"{path.name} cannot be read: {exc}") from exc


def _read_object(text: str, path: Path, line: int) -> dict[str, object]:
    try:
        row = json.loads(text)
    except ValueError as exc:
        raise FileError(f"{path.name}, line {line}: this is not JSON ({exc}).", line=line) from exc
    if not isinstance(row, dict):
        raise FileError(f"{path.name}, line {line}: an object was expected.", line=line)
    return row

"""The files `match_file` reads: roster, blogs, allocations and comments, as domain values.

Every error is a FileError that names the line.

Tested in tests/cli/test_matching.py.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tracker.domain.errors import FileError
from tracker.domain.feed import Entry, EntryKind, Source, StatedTime, TimeBasis
from tracker.domain.roster import AllocatedBlog, BlogProfile, Enrollee
from tracker.matching.handles import avatar_key, handles_from_roster
from tracker.text.addresses import account_key, blog_keys, home_key

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
class FileComment:
    """A line of the comments file: its id, the keys its blog may be listed under, the closest first, and
    the entry as its source delivers it."""

    comment_id: str
    blog_keys: tuple[str, ...]
    entry: Entry


def read_roster(path: Path) -> dict[str, dict[str, str]]:
    people: dict[str, dict[str, str]] = {}
    for line, row in _read_csv(path, ROSTER_COLUMNS):
        student_id = row["student_id"]
        if not student_id:
            raise FileError(f"{path.name}, line {line}: the student_id is missing.", line=line)
        if student_id in people:
            raise FileError(f"{path.name}, line {line}: {student_id} is already on the roster.", line=line)
        people[student_id] = row
    return people


def enrollee_from(number: int, row: Mapping[str, str], allocated: tuple[AllocatedBlog, ...]) -> Enrollee:
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
        ),
        allocated=allocated,
    )


def read_blogs(path: Path) -> dict[str, BlogProfile]:
    profiles: dict[str, BlogProfile] = {}
    for line, row in _read_csv(path, BLOG_COLUMNS):
        key = home_key(row["blog_url"])
        if not key:
            raise FileError(
                f"{path.name}, line {line}: “{row['blog_url']}” is not a blog address.", line=line
            )
        known = profiles.get(key) or BlogProfile(len(profiles) + 1, address_keys=(key,))
        owners = dict.fromkeys((*known.owner_names, *split_list(row.get("owner_name", ""))))
        profiles[key] = replace(known, owner_names=tuple(owners))
    return profiles


def find_profile(profiles: Mapping[str, BlogProfile], keys: Iterable[str]) -> BlogProfile | None:
    """The listed blog that an address with these keys lies on, the closest first."""
    return next((profiles[key] for key in keys if key in profiles), None)


def read_allocations(
    path: Path, students: Mapping[str, int], profiles: dict[str, BlogProfile]
) -> dict[str, list[AllocatedBlog]]:
    allocated: dict[str, list[AllocatedBlog]] = {}
    for line, row in _read_csv(path, ALLOCATION_COLUMNS):
        if row["student_id"] not in students:
            raise FileError(f"{path.name}, line {line}: {row['student_id']} is not on the roster.", line=line)
        profile = find_profile(profiles, blog_keys(row["blog_url"]))
        if profile is None:
            raise FileError(f"{path.name}, line {line}: {row['blog_url']} is not among the blogs.", line=line)
        window = AllocatedBlog(
            profile.blog_id,
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
            f"{path.name}, line {line}: “{text}” is not a date. Enter it like 2026-10-25.", line=line
        ) from exc
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=days)


def read_comments(path: Path) -> list[FileComment]:
    """The comments of a file, in its order."""
    return [_read_comment(path, line, row) for line, row in read_json_lines(path)]


def _read_comment(path: Path, line: int, row: Mapping[str, object]) -> FileComment:
    text = {name: value if isinstance(value, str) else "" for name, value in row.items()}
    if not text.get("id"):
        raise FileError(f"{path.name}, line {line}: the id is missing.", line=line)
    if text.get("source") not in SOURCES:
        known = ", ".join(SOURCES)
        raise FileError(f"{path.name}, line {line}: the source must be one of {known}.", line=line)
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
        avatar_hash=avatar_key(avatar.removeprefix("avatar:"), None) if is_avatar else "",
        html=text.get("body_html", ""),
        posted=StatedTime(published, at, TimeBasis.OFFSET if at else TimeBasis.MISSING),
        reply_to=(text["post_url"],) if text.get("post_url") else (),
    )
    return FileComment(text["id"], blog_keys(text.get("blog_url", "")), entry)


def _read_instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def split_list(text: str) -> tuple[str, ...]:
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


def read_json_lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
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

"""The labelled course beside the project: reading it, changing it mechanically, scoring decisions."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.queries.matching.match_file import match_file

SHARED = Path(__file__).parents[2] / ".." / "shared" / "matching"
DEV = SHARED / "dev"

Row = dict[str, Any]


@dataclass
class Labelled:
    """A labelled course in memory, its settings included. Transformations change it in place."""

    roster: list[Row]
    blogs: list[Row]
    assignments: list[Row]
    comments: list[Row]
    truth: list[Row]
    words: str = "EDT 320;EDT320;Harlan State"
    staff: str = "Orrin Pennock;Dr. Pennock"
    course_blog: str = "http://edt320.blogspot.com/"

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Change every text of every table and setting, ids, instants and sources excepted."""
        kept = {"id", "student_id", "published", "source", "kind", "phenomena", "must_not_auto"}
        for rows in (self.roster, self.blogs, self.assignments, self.comments):
            for row in rows:
                row.update({k: change(v) for k, v in row.items() if k not in kept and isinstance(v, str)})
        self.words, self.staff = change(self.words), change(self.staff)
        self.course_blog = change(self.course_blog)


def read_labelled(*, every: int = 1) -> Labelled:
    """The development set, or every n-th comment of it."""
    return Labelled(
        roster=_read_csv("roster.csv"),
        blogs=_read_csv("blogs.csv"),
        assignments=_read_csv("assignments.csv"),
        comments=_read_lines("comments.jsonl")[::every],
        truth=_read_lines("truth.jsonl")[::every],
    )


def judge(course: Labelled, folder: Path, *, learned: bool) -> dict[str, float]:
    """The figures of `score.py` for a course, cold or with the answers given back."""
    paths = {name: folder / f"{name}.csv" for name in ("roster", "blogs", "assignments")}
    for name, path in paths.items():
        _write_csv(path, getattr(course, name))
    _write_lines(folder / "comments.jsonl", course.comments)
    _write_lines(folder / "truth.jsonl", course.truth)
    match_file(
        roster=paths["roster"],
        blogs=paths["blogs"],
        allocations=paths["assignments"],
        comments=folder / "comments.jsonl",
        words=course.words,
        staff=course.staff,
        course_blog=course.course_blog,
        out=folder / "decisions.jsonl",
        answers=folder / "truth.jsonl" if learned else None,
    )
    return score(folder / "truth.jsonl", folder / "decisions.jsonl", learned=learned)


def score(truth: Path, decisions: Path, *, learned: bool) -> dict[str, float]:
    options = ["--learned"] if learned else []
    command = [sys.executable, str(SHARED / "score.py"), str(truth), str(decisions), *options]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(printed.splitlines()[-1])
    return figures


def _read_csv(name: str) -> list[Row]:
    with (DEV / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _read_lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (DEV / name).read_text(encoding="utf-8").splitlines()]


def _write_csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def _write_lines(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

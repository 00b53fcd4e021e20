"""Courses in the words of strangers (`tests.support.strangers`): nobody is credited for another student."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.strangers.course import Course, make_course
from tracker.queries.matching.match_file import match_file

COMMENTS = 250
WRONG_SHARE = 0.01


@pytest.fixture
def seeds(full: bool) -> range:
    """The courses of a set: one, or five with --full."""
    return range(1, 6 if full else 2)


@pytest.mark.parametrize("learned", [False, True], ids=["cold", "learned"])
@pytest.mark.parametrize("wordings", ["a", "b", "c", "d"])
def test_no_accept_credits_another_student_and_hardly_one_is_wrong(
    wordings: str, learned: bool, seeds: range, tmp_path: Path
) -> None:
    accepts = 0
    wrong = []
    for seed in seeds:
        course = make_course(seed, wordings, students=60, blogs=12, comments=COMMENTS)
        truth = {row["id"]: row for row in course.truth}
        for decision in _decisions(course, tmp_path / str(seed), learned=learned):
            if decision["decision"] != "accept":
                continue
            accepts += 1
            row = truth[decision["id"]]
            if decision["student_id"] != row["student_id"]:
                wrong.append((seed, row["id"], row["student_id"], row["kind"], row["phenomena"]))
    assert not [one for one in wrong if one[2] is not None], "credited to another student"
    assert len(wrong) <= WRONG_SHARE * accepts, wrong
    assert accepts >= COMMENTS * len(seeds) / 5, "a matcher that accepts nothing is never wrong"


def _decisions(course: Course, folder: Path, *, learned: bool) -> list[dict[str, Any]]:
    """The decision about each comment, cold or with the answers given back."""
    course.write(folder)
    options = json.loads((folder / "course.json").read_text(encoding="utf-8"))
    out = folder / "decisions.jsonl"
    match_file(
        roster=folder / "roster.csv",
        blogs=folder / "blogs.csv",
        allocations=folder / "assignments.csv",
        comments=folder / "comments.jsonl",
        words=";".join(options["course_words"]),
        staff=";".join(options["staff"]),
        course_blog=options["course_blog"],
        out=out,
        answers=folder / "truth.jsonl" if learned else None,
    )
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

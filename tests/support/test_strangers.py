"""The invented courses for the matcher: one course a seed, and labels that cannot contradict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.strangers.course import Course, make_course


@pytest.fixture(scope="module")
def course() -> Course:
    return make_course(7, "a", students=40, blogs=10, comments=400)


def test_the_same_seed_gives_the_same_course(course: Course) -> None:
    again = make_course(7, "a", students=40, blogs=10, comments=400)
    assert (again.roster, again.comments, again.truth) == (course.roster, course.comments, course.truth)


def test_another_seed_gives_another_course(course: Course) -> None:
    other = make_course(8, "a", students=40, blogs=10, comments=400)
    assert other.comments != course.comments


def test_who_is_not_on_the_roster_is_never_to_be_accepted(course: Course) -> None:
    enrolled = {row["student_id"] for row in course.roster}
    for row in course.truth:
        if row["student_id"] is None:
            assert row["must_not_auto"] is True
            assert row["kind"] != "student"
        else:
            assert row["student_id"] in enrolled
            assert row["kind"] == "student"


def test_no_wording_keeps_a_slot_or_a_mark_of_the_phrasebook(course: Course) -> None:
    for comment in course.comments:
        assert not set("{}¶") & set(comment["body_html"] + comment["author_name"]), comment


def test_the_folder_has_the_five_files_and_the_options(course: Course, tmp_path: Path) -> None:
    course.write(tmp_path)
    names = {"roster.csv", "blogs.csv", "assignments.csv", "comments.jsonl", "truth.jsonl", "course.json"}
    assert {path.name for path in tmp_path.iterdir()} == names
    options = json.loads((tmp_path / "course.json").read_text(encoding="utf-8"))
    assert set(options) == {"course_words", "staff", "course_blog"}
    for name in ("comments", "truth"):
        assert len((tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()) == 400

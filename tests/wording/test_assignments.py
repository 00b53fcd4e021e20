"""Assigned blogs and what needs a person, in sentences."""

from __future__ import annotations

import pytest

from tracker.wording.assignments import (
    say_assigned,
    say_list_of_blogs,
    say_moves,
    say_need_you,
    say_outdated_grades,
)


@pytest.mark.parametrize(
    ("with_blog", "without", "says"),
    [
        pytest.param(0, 0, "No students yet.", id="empty course"),
        pytest.param(0, 3, "No student has an assigned blog yet.", id="none"),
        pytest.param(3, 0, "Every student has an assigned blog.", id="all"),
        pytest.param(1, 1, "1 student has an assigned blog; 1 has none.", id="one of two"),
        pytest.param(12, 3, "12 students have an assigned blog; 3 have none.", id="some"),
    ],
)
def test_assigned_blogs_are_counted(with_blog: int, without: int, says: str) -> None:
    assert say_assigned(with_blog, without) == says


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        pytest.param((0, 0, 9), "This list changes nothing.", id="the same"),
        pytest.param((1, 0, 0), "1 blog to assign.", id="one"),
        pytest.param((3, 2, 9), "3 blogs to assign, 2 with new dates, 9 unchanged.", id="all kinds"),
    ],
)
def test_list_says_what_it_would_do(numbers: tuple[int, int, int], says: str) -> None:
    assert say_list_of_blogs(*numbers) == says


def test_replacing_a_blog_says_who_moves_and_who_stays() -> None:
    kept = "Comments already written keep their credit."
    assert say_moves(1, 0) == f"1 student moves to another blog. {kept}"
    assert say_moves(3, 1) == f"3 students move to another blog. 1 has finished and stays. {kept}"
    assert say_moves(3, 2) == f"3 students move to another blog. 2 have finished and stay. {kept}"


def test_students_who_need_a_person_are_counted() -> None:
    assert (say_need_you(1), say_need_you(4)) == ("1 needs you", "4 need you")


def test_grades_that_a_new_rule_would_not_propose_stay() -> None:
    assert say_outdated_grades(1, 0) == (
        "1 recorded grade differs from what the rule would propose. It stays until you change it."
    )
    assert say_outdated_grades(3, 2) == (
        "3 recorded grades (2 released) differ from what the rule would propose. They stay until you "
        "change them."
    )

from __future__ import annotations

import pytest

from tracker.grading.judging.titles import recognises


@pytest.mark.parametrize(
    "title",
    [
        "C4T#2 Summary Post",
        "c4t-2",
        "Comments for Teachers #2",
        "Project #7 Post: C4T #2 Summary",
        "My C4T 2",
        "C4T2",
        "C4T #02",
        "comments 4 teachers: 2",
        "C4T #2, 2026",
        "Ｃ４Ｔ＃２",
        "C_4_T_2",
    ],
)
def test_a_summary_is_recognised_however_its_title_is_written(title: str) -> None:
    assert recognises(("C4T #2",), title)


@pytest.mark.parametrize(
    "title",
    [
        "C4T #1",
        "C4T #12",
        "C4T #20",
        "C4T #1, 2 comments",
        "C4K #2",
        "Blog Post 2",
        "",
        "C4T",
        "Project #2: C4T",
    ],
)
def test_another_assignments_title_is_not_confused_with_it(title: str) -> None:
    assert not recognises(("C4T #2",), title)


def test_a_label_is_read_like_a_title() -> None:
    assert recognises(("C4T #2",), "", ("edt320", "c4t2"))


def test_the_long_name_and_the_short_one_are_the_same() -> None:
    assert recognises(("Comments for Teachers #2",), "C4T #2")
    assert recognises(("Comments for Kids, October",), "C4K October summary")


def test_no_name_recognises_nothing() -> None:
    assert not recognises((), "C4T #2")
    assert not recognises(("", "#"), "C4T #2")


@pytest.mark.parametrize(
    ("name", "title", "is_it"),
    [
        ("2nd round", "The 2nd round", True),
        ("2nd round", "The 22nd round", False),
        ("a2nd", "12a2nd", True),
        ("Round", "Round2", True),
        ("Round", "Around the world", True),
        ("7", "Week 7!", True),
        ("7", "Week 77", False),
    ],
)
def test_numbers_are_compared_whole_wherever_they_stand(name: str, title: str, is_it: bool) -> None:
    assert recognises((name,), title) is is_it

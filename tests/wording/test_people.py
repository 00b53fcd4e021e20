"""Students and staff in sentences."""

from __future__ import annotations

import pytest

from tracker.domain.roster import PersonName
from tracker.wording.people import is_same_name, say_staff_role, say_student, say_which_fits, say_whose_else


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        pytest.param(
            ("s0001", "noor@harlan.example", True, True),
            "s0001, noor@harlan.example. Has an account.",
            id="all",
        ),
        pytest.param(("", "", True, False), "No account yet.", id="only a name"),
        pytest.param(
            ("s0001", "", False, False),
            "s0001. Dropped; their comments are kept. No account yet.",
            id="dropped",
        ),
    ],
)
def test_student_is_told_apart(facts: tuple[str, str, bool, bool], says: str) -> None:
    assert say_student(*facts) == says


def test_staff_see_the_whole_course_or_their_sections() -> None:
    assert say_staff_role("instructor", ()) == "instructor"
    assert say_staff_role("assistant", ()) == "assistant, whole course"
    assert say_staff_role("assistant", ("1",)) == "assistant, section 1"
    assert say_staff_role("assistant", ("1", "2")) == "assistant, sections 1, 2"


@pytest.mark.parametrize(
    ("written", "full", "is_same"),
    [
        ("OKONEDO, jane.", "Jane Okonedo", True),
        ("Pieter t Hart", "Pieter 't Hart", True),
        ("Jane R. Okonedo", "Jane Okonedo", False),
        ("Renee Roy", "Renée Roy", False),
        ("janeokonedo", "Jane Okonedo", False),
    ],
)
def test_a_name_is_the_same_in_any_order_marks_and_capitals(written: str, full: str, is_same: bool) -> None:
    assert is_same_name(written, full) is is_same


def test_a_name_that_is_written_otherwise_is_said_to_fit() -> None:
    assert say_which_fits("Rob Smith", "Robert Smith") == "“Rob Smith”, which fits Robert Smith"
    assert say_which_fits("", "Robert Smith") == "a name that fits Robert Smith"


def test_another_student_of_the_same_first_name_is_told_by_the_whole_name() -> None:
    other = PersonName("Jane", "Jane Lind")
    assert say_whose_else(other, "Tom") == "Jane’s"
    assert say_whose_else(other, "Jane") == "Jane Lind’s"
    assert say_whose_else(None, "Jane") == "another student’s"

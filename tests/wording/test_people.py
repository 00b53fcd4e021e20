"""Students and staff in sentences."""

from __future__ import annotations

import pytest

from tracker.wording.people import say_staff_role, say_student


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

"""A namesake on an assigned blog is asked about where the text tells of another life, a student is not."""

from __future__ import annotations

import pytest

from tests.matching.cast import comment, decide
from tests.matching.outsiders import DOUBTED, MISREAD, OUTSIDERS, STUDENTS
from tracker.domain.linkage import MatchVerdict


def is_accepted(text: str, author: str = "Jane Okonedo") -> bool:
    return decide(comment(f"<p>{text}</p>", author=author)).verdict is MatchVerdict.ACCEPT


@pytest.mark.parametrize("text", OUTSIDERS)
def test_an_outsider_with_a_students_name_is_asked_about(text: str) -> None:
    assert not is_accepted(text)


@pytest.mark.xfail(strict=True, reason="told by things that no class of words names")
@pytest.mark.parametrize("text", MISREAD)
def test_an_outsider_who_hints_at_another_life_is_asked_about(text: str) -> None:
    assert not is_accepted(text)


@pytest.mark.parametrize("text", STUDENTS)
def test_what_students_tell_of_themselves_leaves_them_their_comment(text: str) -> None:
    assert is_accepted(text)


@pytest.mark.xfail(strict=True, reason="a student may have children, a class or a team as well")
@pytest.mark.parametrize("text", DOUBTED)
def test_a_student_with_a_life_beside_the_course_keeps_the_comment(text: str) -> None:
    assert is_accepted(text)


@pytest.mark.parametrize(
    "author",
    [
        "Mrs. Jane Okonedo",
        "Dr. Jane Okonedo",
        "Jane Okonedo, RN",
        "Jane Okonedo, M.Ed.",
        "Jane Okonedo, Ph.D.",
    ],
)
def test_a_name_with_a_degree_is_asked_about(author: str) -> None:
    assert not is_accepted("What a lesson.", author)
    assert is_accepted("I read this for EDT 320.", author)


@pytest.mark.parametrize("head", ["Jane Okonedo (above):", "Jane Okonedo. (earlier):"])
def test_whoever_is_named_above_a_quoted_comment_is_not_its_writer(head: str) -> None:
    assert not is_accepted(
        f"{head}<br>I would like to sit in that tent.<br>---<br>So would everybody.", "fen"
    )

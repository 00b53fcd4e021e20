"""The name in a name field, without what people put beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.cast import JANE, comment, confirmed, decide, index, student
from tracker.domain.linkage import MatchVerdict
from tracker.domain.roster import HandleKind
from tracker.matching.name_field import RosterNames, read_field
from tracker.text.introductions import word_pattern

COURSE_WORDS = word_pattern(("EDT 320", "Harlan State"))
ROSTER = RosterNames(
    full={"janeokonedo": {1}, "okonedojane": {1}, "tomoshea": {2}, "osheatom": {2}},
    given={"jane": {1}, "tom": {2}},
    surname={"okonedo": {1}, "oshea": {2}},
)


@pytest.mark.parametrize(
    ("written", "name", "course"),
    [
        ("Jane Okonedo", "Jane Okonedo", ""),
        ("Jane (EDT 320)", "Jane", "EDT 320"),
        ("edt320 Jane", "Jane", "edt320"),
        ("Jane in EDT-320", "Jane", "EDT-320"),
        ("Jane from Harlan State", "Jane", "Harlan State"),
        ("Jane - EDT 320 student", "Jane", "EDT 320"),
        ("Jane's Blog", "Jane", ""),
        ("Jane Okonedo's Class Blog", "Jane Okonedo", ""),
        ("Jane @ Chalk Lines", "Jane", ""),
        ("Jane | Paper Bridges", "Jane", ""),
        ("Paper Bridges | Jane Okonedo's EDT 320 Blog", "Jane Okonedo", "EDT 320"),
        ("sundial (Jane Okonedo)", "Jane Okonedo", ""),
        ("JaneO", "Jane O", ""),
        ("Mary JaneO", "Mary JaneO", ""),
        ("Jane :)", "Jane", ""),
        ("xXjaneXx", "jane", ""),
        ("ItsJaneOkonedo2", "JaneOkonedo2", ""),
        ("Okonedo, J.", "Okonedo, J.", ""),
        ("Miss Okonedo (Jane)", "Miss Okonedo Jane", ""),
        ("Jane “Jay” Okonedo", "Jane Okonedo", ""),
        ("Jane Okonedo, art student", "Jane Okonedo", ""),
        ("Jane Okonedo, Chicago", "Jane Okonedo Chicago", ""),
        ("Jane Okonedo (Tom O'Shea's mom)", "Jane Okonedo Tom O'Shea's mom", ""),
        ("To: Jane Okonedo", "Jane Okonedo To", ""),
        ("Zora Vale, Chicago", "Zora Vale, Chicago", ""),
        ("McDonald", "McDonald", ""),
        ("EDT 320", "EDT 320", "EDT 320"),
        ("", "", ""),
    ],
)
def test_name_stands_without_course_site_and_student(written: str, name: str, course: str) -> None:
    assert read_field(written, COURSE_WORDS, ROSTER) == (name, course)


def test_course_in_the_name_field_counts_as_named() -> None:
    assert decide(comment(author="Jane (EDT 320)")).enrollment_id == JANE
    assert decide(comment(author="Jane")).verdict is MatchVerdict.REVIEW


@pytest.mark.parametrize("author", ["Tenzin", "tenzin", "Tenzin (she/her)", "Tenzin :)", "Tenzin's Blog"])
def test_an_only_name_is_a_whole_one(author: str) -> None:
    among = index(student(30, "Tenzin", "", allocated=True))
    assert decide(comment(author=author), among).enrollment_id == 30


def test_an_only_name_that_another_has_for_a_given_name_is_shared() -> None:
    among = index(student(30, "Tenzin", "", allocated=True), student(31, "Tenzin", "Dorje"))
    assert decide(comment(author="Tenzin"), among).verdict is MatchVerdict.REVIEW


@pytest.mark.parametrize("author", ["Priya R", "Priya R. (she/her)", "Priya R, Harlan State", "PriyaR"])
def test_a_name_that_was_confirmed_is_known_with_anything_beside_it(author: str) -> None:
    taught = confirmed("priya r", HandleKind.NAME)
    among = index(student(20, "Priya", "Raman", taught, allocated=True))
    assert decide(comment(author=author), among).enrollment_id == 20


@pytest.mark.parametrize("author", ["Ms. R.", "Mr. R", "Future Ms. Raman", "Ms. Inkwell9", "ink_well"])
def test_a_titled_letter_or_a_pen_name_is_no_strangers_over_the_own_link(author: str) -> None:
    link = "http://ramanpriyaedt320.blogspot.com/"
    among = index(student(20, "Priya", "Raman", blog=link, allocated=True))
    assert decide(comment(author=author, author_url=link), among).enrollment_id == 20


@pytest.mark.parametrize(("author", "who"), [("PR 7", 20), ("pr", 20), ("Priy", 20), ("QX", None)])
def test_initials_may_be_theirs_who_were_assigned_the_blog(author: str, who: int | None) -> None:
    among = index(student(20, "Priya", "Raman", allocated=True))
    match = decide(comment(author=author), among)
    assert match.verdict is (MatchVerdict.IGNORE if who is None else MatchVerdict.REVIEW)
    assert [one.enrollment_id for one in match.candidates][:1] == ([] if who is None else [who])


@given(
    st.text(alphabet=st.sampled_from("JaneOkondTmsh .,:;|()[]\"'“”-_~x@12édßÉ!<3\u0301\u200b王"), max_size=40)
)
def test_any_field_is_read_and_holds_a_name_or_itself(written: str) -> None:
    name, course = read_field(written, COURSE_WORDS, ROSTER)
    assert not course
    assert bool(name) == bool(written)

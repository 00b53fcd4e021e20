"""Names and links are read by place: in words that no rule knows, the answer is kept or a person is asked."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.cast import (
    BLOG,
    COURSE,
    JANE,
    SAM_K,
    TOM,
    comment,
    confirmed,
    decide,
    index,
    kinds,
    roster,
    student,
)
from tests.matching.wordings import (
    CLOSINGS,
    COUPLES,
    INTRODUCTIONS,
    MENTIONS,
    OTHERS_LINKS,
    OWN_LINKS,
)
from tracker.domain.feed import Entry
from tracker.domain.linkage import MatchVerdict
from tracker.domain.roster import CourseSigns, Enrollee
from tracker.matching.candidates import index_roster
from tracker.matching.decide import match_entry
from tracker.matching.handles import gravatar_hashes

ACCEPT, REVIEW = MatchVerdict.ACCEPT, MatchVerdict.REVIEW
JANES = "http://okonedojaneedt320.blogspot.com"
TOMS = "http://osheathomasedt320.blogspot.com"
TEXT = "<p>The bridges of paper held more than I would have thought. We should try that, too.</p>"
AMONG = index()

FORMS: dict[str, dict[str, Any]] = {
    "name": {"author": "Jane Okonedo"},
    "name and link": {"author": "Jane Okonedo", "author_url": JANES},
    "link under a pseudonym": {"author": "sundial77", "author_url": JANES},
    "picture": {"author": "Jane Okonedo", "avatar_hash": gravatar_hashes("jane@harlan.example")[0]},
    "registered handle": {"author": "sunnyjane"},
}
"""Forms under which a comment without more is Jane's."""

OTHERS_NAMES = (
    "Thomas O'Shea", "Tom O'Shea", "Tom OShea", "O'Shea, Tom", "O'Shea Thomas", "TOM O'SHEA", "tom o'shea",
    "Tommy O’Shea", "Tom O.", "T. O'Shea", "Tom", "Ann-Marie De La Cruz", "Annmarie Cruz", "Ann Cruz",
    "Maria Pena", "María Peña-Holt", "Maria Holt", "Samuel Lindqvist", "Sam Lindqvist", "Leonard Vasquez",
    "Len Vasquez", "Leonard", "Miss Samantha Kerrigan", "Samantha Q. Kerrigan",
)  # fmt: skip
"""Other students' names in forms that the roster gives."""


def below(line: str) -> str:
    return f"{TEXT}<p>{line}</p>"


def above(line: str) -> str:
    return f"<p>{line}</p>{TEXT}"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_form_alone_is_hers(form: dict[str, Any]) -> None:
    assert decide(comment(TEXT, **form), AMONG).enrollment_id == JANE


@pytest.mark.parametrize("name", OTHERS_NAMES)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_another_students_name_as_a_closing_goes_to_a_person_in_any_words(
    form: dict[str, Any], name: str
) -> None:
    for closing in CLOSINGS:
        line = closing.format(name=name, course="EDT 320")
        assert decide(comment(below(line), **form), AMONG).verdict is REVIEW, line


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", ["Thomas O'Shea", "Maria Holt", "Leonard Vasquez"])
def test_another_students_name_as_an_introduction_goes_to_a_person_in_any_words(
    form: dict[str, Any], name: str
) -> None:
    for introduction in INTRODUCTIONS:
        line = introduction.format(name=name, course="EDT 320")
        assert decide(comment(above(line), **form), AMONG).verdict is REVIEW, line


@settings(deadline=None, max_examples=150)
@given(
    words=st.lists(st.text("bdfgklmnpstvwz", min_size=2, max_size=7), min_size=0, max_size=3).filter(
        lambda words: "ms" not in words  # a title
    ),
    mark=st.sampled_from([", ", " - ", "<br>", " — ", ": ", " … ", "! ", ". "]),
    end=st.sampled_from(["", ".", " :)", "!", "<br>EDT 320", " (EDT 320)"]),
    name=st.sampled_from(OTHERS_NAMES),
    form=st.sampled_from(list(FORMS.values())),
)
def test_words_that_nobody_knows_make_no_difference_to_a_closing(
    words: list[str], mark: str, end: str, name: str, form: dict[str, Any]
) -> None:
    line = f"{' '.join(words).capitalize()}{mark if words else ''}{name}{end}"
    assert decide(comment(below(line), **form), AMONG).verdict is REVIEW, line


@pytest.mark.parametrize("line", COUPLES)
@pytest.mark.parametrize("names", [("Jane Okonedo", "Tom O'Shea"), ("Tom", "Jane"), ("Jane", "Tom O'Shea")])
def test_two_names_under_a_text_are_two_writers(line: str, names: tuple[str, str]) -> None:
    signed = below(line.format(name=names[0], other=names[1]))
    match = decide(comment(signed, **FORMS["name and link"]), AMONG)
    assert match.verdict is REVIEW
    assert {JANE, TOM} <= match.people | {one.enrollment_id for one in match.candidates}


@pytest.mark.parametrize("closing", CLOSINGS)
def test_her_own_name_as_a_closing_changes_nothing(closing: str) -> None:
    for name in ("Jane", "Jane Okonedo", "Jane O."):
        line = closing.format(name=name, course="EDT 320")
        assert decide(comment(below(line), **FORMS["name and link"]), AMONG).enrollment_id == JANE, line


@pytest.mark.parametrize("closing", CLOSINGS)
def test_whole_name_and_course_under_a_pseudonym_are_read_in_any_words(closing: str) -> None:
    line = closing.format(name="Jane Okonedo", course="EDT 320")
    match = decide(comment(f"<p>We read you in EDT 320.</p>{below(line)}", author="sundial77"), AMONG)
    assert match.enrollment_id == JANE
    assert kinds(match) & {"signature", "introduction"}


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_introduction_under_a_pseudonym_is_credited_or_left_to_staff(introduction: str) -> None:
    line = introduction.format(name="Jane Okonedo", course="EDT 320")
    match = decide(comment(above(line), author="sundial77"), AMONG)
    assert match.enrollment_id in {JANE, None}
    assert match.verdict is not MatchVerdict.IGNORE or match.reason == "course-named"


@pytest.mark.parametrize("mention", MENTIONS)
@pytest.mark.parametrize("name", ["Tom O'Shea", "Tom", "Leonard Vasquez"])
def test_who_is_spoken_of_has_not_written(mention: str, name: str) -> None:
    line = mention.format(name=name)
    for html in (above(line), below(line), f"{TEXT}<p>{line} And so it goes on for a while.</p>{TEXT}"):
        assert decide(comment(html, **FORMS["name and link"]), AMONG).enrollment_id == JANE, html
        assert decide(comment(html, author="Priscilla Ng"), AMONG).verdict is not ACCEPT, html


@pytest.mark.parametrize("sentence", OWN_LINKS)
def test_an_address_is_hers_who_signs_whatever_the_words(sentence: str) -> None:
    html = below(sentence.format(link=JANES))
    for author in ("Jane", "Jane O.", "Jane Okonedo"):
        assert decide(comment(html, author=author), AMONG).enrollment_id == JANE
    assert decide(comment(below(sentence.format(link=TOMS)), author="Jane Okonedo"), AMONG).verdict is REVIEW


@pytest.mark.parametrize("sentence", OTHERS_LINKS)
@pytest.mark.parametrize("name", ["Tom", "Tom O'Shea"])
def test_an_address_beside_its_students_name_is_a_mention(sentence: str, name: str) -> None:
    for place in (above, below):
        html = place(sentence.format(link=TOMS, name=name))
        assert decide(comment(html, author="Jane Okonedo"), AMONG).enrollment_id == JANE, html
        assert decide(comment(html, author="Priscilla Ng"), AMONG).verdict is not ACCEPT, html


PRIYA = student(
    30, "Priya", "Raman", confirmed("blogger:9"), blog="http://ramanpriyaedt320.blogspot.com/",
    email="p@x.example", aliases="sunnypriya", twitter="praman", allocated=True,
)  # fmt: skip
SEUN = student(31, "Oluwaseun", "Adebayo", blog="http://adebayoedt320.blogspot.com/", allocated=True)
WEAK_FORMS: tuple[dict[str, Any], ...] = (
    {"author": "sunnypriya"}, {"author": "praman"}, {"author": "@praman"}, {"author": "priyar"},
    {"author": "Priya"}, {"author": "Raman"}, {"author": "P.R."}, {"author": "PR"}, {"author": "Ms. Raman"},
    {"author": "Priya R."}, {"author": "priya22"}, {"author": "Priya Sandoval"},
    {"author": "x", "author_url": "http://ramanpriyaedt320.blogspot.com"},
    {"author": "x", "author_url": "http://ramanpriyadt320.blogspot.com"},
    {"author": "x", "author_url": "https://twitter.com/praman"},
    {"author": "x", "account": "http://www.blogger.com/profile/9"},
    {"author": "x", "avatar_hash": gravatar_hashes("p@x.example")[0]},
)  # fmt: skip


@pytest.mark.parametrize("form", WEAK_FORMS, ids=str)
def test_what_the_text_alone_says_never_credits_on_a_form_that_speaks_for_another(
    form: dict[str, Any],
) -> None:
    among = index(PRIYA, SEUN)
    said = {"name": "Oluwaseun Adebayo", "course": "EDT 320"}
    texts = [above(line.format(**said)) for line in INTRODUCTIONS]
    texts += [f"<p>For EDT 320.</p>{below(line.format(**said))}" for line in CLOSINGS]
    for html in texts:
        assert decide(comment(html, **form), among).verdict is not ACCEPT, html


LINES = st.one_of(
    st.builds(lambda line, name: below(line.format(name=name, course="EDT 320")),
              st.sampled_from(CLOSINGS), st.sampled_from(("Jane", "Jane Okonedo", "Tom", "Sam", "Dana"))),
    st.builds(lambda line, name: above(line.format(name=name, course="EDT 320")),
              st.sampled_from(INTRODUCTIONS), st.sampled_from(("Jane Okonedo", "Tom O'Shea", "Sam"))),
    st.builds(lambda line, link: below(line.format(link=link)),
              st.sampled_from(OWN_LINKS), st.sampled_from((JANES, TOMS))),
)  # fmt: skip
ENTRIES = st.builds(
    lambda html, form: comment(html, **form), LINES, st.sampled_from([*FORMS.values(), {"author": "Jane"}])
)
GIVEN = ("Bel", "Cor", "Dav", "Fen", "Gul", "Hov", "Kir", "Lod", "Mur", "Nev", "Pol", "Quen", "Rov", "Tul")
ENDS = ("a", "ec", "ik", "or", "un", "ys", "al", "em", "it", "ov", "ur", "an", "el", "is", "on")
STRANGERS = [
    student(1000 + number, f"{first}{end}", f"{end.capitalize()}{first.lower()}berg")
    for number, (first, end) in enumerate(product(GIVEN, ENDS))
]


@settings(deadline=None, max_examples=80)
@given(ENTRIES, st.permutations(roster()))
def test_order_of_the_roster_and_two_hundred_strangers_change_no_answer(
    entry: Entry, people: list[Enrollee]
) -> None:
    plain = match_entry(entry, BLOG, AMONG)
    assert match_entry(entry, BLOG, index_roster(people, COURSE, (), [BLOG])) == plain
    crowd = match_entry(entry, BLOG, index_roster([*people, *STRANGERS], COURSE, (), [BLOG]))
    assert (crowd.verdict, crowd.enrollment_id) == (plain.verdict, plain.enrollment_id)


@settings(deadline=None, max_examples=60)
@given(LINES, st.sampled_from(list(FORMS.values())))
def test_other_words_for_the_course_change_no_answer(html: str, form: dict[str, Any]) -> None:
    other = CourseSigns(("LING 2104", "Brookmere"), COURSE.staff_names, "http://ling2104.blogspot.com/")
    renamed = index_roster(roster(), other, (), [BLOG])
    plain = match_entry(comment(html, **form), BLOG, AMONG)
    changed = match_entry(comment(html.replace("EDT 320", "LING 2104"), **form), BLOG, renamed)
    assert (changed.verdict, changed.enrollment_id) == (plain.verdict, plain.enrollment_id)


def test_shared_given_name_is_the_assigned_ones_only_where_nothing_else_speaks() -> None:
    match = decide(comment(below("Bye for now, Sam"), author="Anonymous"), AMONG)
    assert (match.verdict, match.candidates[0].enrollment_id) == (REVIEW, SAM_K)

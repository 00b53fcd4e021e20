"""Another life is told by grammar and everyday words; students react, plan and speak of relatives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.matching.cast import JANE, comment, decide
from tracker.domain.linkage import MatchVerdict
from tracker.matching.lives import FORMER_STUDENT, OTHER_COURSE, Life, find_lives
from tracker.matching.word_tables import read_tables
from tracker.text.passages import Passages, Stretch

JANES = "http://okonedojaneedt320.blogspot.com"
SENTENCES: dict[str, list[str]] = {
    name: lines.split("\n")
    for name, lines in re.findall(
        r"== (\w+)\n(.+?)\n(?=\n|\Z)",
        (Path(__file__).parent.parent / "data/lives.txt").read_text("utf-8"),
        re.DOTALL,
    )
}
KINDS = ("families", "professions", "workplaces", "work", "years", "elsewhere", "others")
COURSE = re.compile(r"EDT 320|Harlan State|Dr\. Pennock")


def lives_in(text: str, *, names_course: bool = False) -> tuple[Life, ...]:
    course = [Stretch(*found.span()) for found in COURSE.finditer(text)]
    return find_lives(Passages(text), course, names_course=names_course)


@pytest.mark.parametrize("text", [text for kind in KINDS for text in SENTENCES[kind]])
def test_another_life_is_seen_with_words_of_its_sentence(text: str) -> None:
    first, *_ = lives_in(text)
    assert first.words in " ".join(text.split())
    assert first.holds(text.index(first.words))


@pytest.mark.parametrize("text", SENTENCES["students"])
def test_what_readers_and_students_say_is_no_other_life(text: str) -> None:
    assert lives_in(text) == ()


@pytest.mark.xfail(strict=True, reason="told by things that no class of words names")
@pytest.mark.parametrize("text", SENTENCES["missed"])
def test_lives_that_hint_at_themselves_are_seen(text: str) -> None:
    assert lives_in(text)


@pytest.mark.xfail(strict=True, reason="a student may have a job, a boyfriend and a church as well")
@pytest.mark.parametrize("text", SENTENCES["taken"])
def test_a_job_or_partner_of_a_student_is_no_other_life(text: str) -> None:
    assert lives_in(text) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("My stepson brought the same sheet home.", "family"),
        ("I'm a school librarian.", "profession"),
        ("Retired now, but I still read your blog.", "retired"),
        ("Our faculty discussed it.", "school"),
        ("My eighth graders did it in one afternoon.", "own-class"),
        ("I drive a school bus.", "work"),
        ("Thirty years of night shifts.", "years"),
        ("I was your neighbor on Elm Street.", "acquaintance"),
        ("I took EDT 320 in 2009.", FORMER_STUDENT),
        ("Reading this for HIS 118.", OTHER_COURSE),
        ("I have nothing to do with EDT 320.", "outside"),
        ("EDT 320 isn't part of my program.", "outside"),
        ("I met some EDT 320 students on the bus.", "outside"),
    ],
)
def test_the_kind_of_life_is_told(text: str, code: str) -> None:
    assert [life.code for life in lives_in(text)] == [code]


def test_another_code_is_another_course_unless_the_course_is_named() -> None:
    assert lives_in("My other class is HIS 118.")[0].code == OTHER_COURSE
    assert lives_in("My other class is HIS 118.", names_course=True) == ()


def test_a_surname_that_is_a_trade_is_a_name() -> None:
    assert decide(comment("I am Jane Okonedo, a baker.", author="Jane Okonedo")).enrollment_id is None
    assert lives_in("Thank you, Mr. Baker!") == ()


@pytest.mark.parametrize(
    "text", ["My third graders loved this.", "I'm a nurse.", "Twenty years in the mills.", "My wife teaches."]
)
def test_a_name_alone_is_asked_about_where_its_writer_tells_of_a_life(text: str) -> None:
    match = decide(comment(f"<p>{text}</p>", author="Jane Okonedo"))
    assert match.verdict is not MatchVerdict.ACCEPT
    assert any(piece.kind == "other-life" for piece in match.candidates[0].evidence)


def test_a_trade_under_a_name_is_its_bearers() -> None:
    match = decide(comment("Thanks for this.<br>Jane Okonedo, school nurse", author="Jane Okonedo"))
    assert match.verdict is MatchVerdict.REVIEW


@pytest.mark.parametrize("text", ["I tutor on weekends.", "My kids loved this."])
def test_in_the_course_or_with_the_students_link_a_life_is_the_students(text: str) -> None:
    assert decide(comment(text, author="Jane Okonedo", author_url=JANES)).enrollment_id == JANE
    in_course = f"<p>I read this for EDT 320. {text}</p>"
    assert decide(comment(in_course, author="Jane Okonedo")).enrollment_id == JANE


def test_the_course_in_the_past_is_no_students_even_beside_the_course() -> None:
    text = "<p>EDT 320 got me my job. I graduated in 2003.</p>"
    assert decide(comment(text, author="Jane Okonedo")).verdict is MatchVerdict.REVIEW


def test_every_class_that_a_rule_names_has_words_and_every_word_is_small() -> None:
    tables = read_tables("lives")
    made = {
        "WORD",
        "MOD",
        "MARK",
        "NUM",
        "YEAR",
        "YOUNG",
        "OLDYEAR",
        "PASTYEAR",
        "LONG",
        "OLD",
        "ING",
        "PLURAL",
        "NTH",
        "AGENT",
    }
    made |= {"WORKERS", "CAPITAL", "COURSE", "NAME", "FOREIGN", "LONGCODE", "COLLEGE"}
    rules = " ".join(line for name, lines in tables.items() if not name.isupper() for line in lines)
    named = set(re.findall(r"[A-Z]{2,}", rules))
    assert named <= {name for name in tables if name.isupper()} | made
    words = " ".join(line for name, lines in tables.items() if name.isupper() for line in lines)
    assert words == words.lower()

"""What an author name says of whom, however it is written: the whole name, a part of one, or nothing.

The roster and the fields are invented. Nothing that may be somebody else's name is a whole one.
"""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from tests.matching.cast import BLOG, COURSE, comment, student
from tests.support.strangers.persons import Person, draw_person, squeeze
from tests.support.strangers.stocks import NAMES
from tracker.domain.linkage import MatchVerdict
from tracker.domain.roster import Enrollee
from tracker.matching.candidates import RosterIndex, index_roster
from tracker.matching.decide import match_entry
from tracker.matching.evidence_kinds import Fact
from tracker.matching.naming import author_name_clues
from tracker.matching.reading import read_entry

GINGER, TAE, KWESI, BRONAGH, AYSE, RUTENDO, KHUE, LIZ, DELPHINE, CASIMIR, NOELLE, MARISELA, IM, WES = range(
    1, 15
)

ROSTER = (
    student(GINGER, "Ginger", "Halloran"),
    student(TAE, "Tae-min", "Joo"),
    student(KWESI, "Kwesi", "Amponsah"),
    student(BRONAGH, "Brónagh", "O'Dwyer"),
    student(AYSE, "Ayşegül", "Şentürk"),
    student(RUTENDO, "Rutendo", ""),
    student(KHUE, "Minh Khuê", "Phan"),
    student(LIZ, "Elizabeth", "Adeyinka"),
    student(DELPHINE, "Delphine", "St. Cyr"),
    student(CASIMIR, "Casimir", "dos Reis"),
    student(NOELLE, "Noelle Kay", "Whitcombe"),
    student(MARISELA, "Marisela", "Duarte Pinto"),
    student(IM, "Ha-neul", "Im"),
    student(WES, "Wesley", "McTavish", preferred="Wes"),
)
WHOLE, INITIAL, GIVEN, PART, NONE = "whole", "initial", "given", "part", "none"
_FACTS = {
    Fact.UNIQUE_FULL_NAME: WHOLE,
    Fact.UNIQUE_INITIAL: INITIAL,
    Fact.UNIQUE_FIRST_NAME: GIVEN,
    Fact.FULL_NAME: PART,
    Fact.FIRST_NAME: PART,
    Fact.HINT: PART,
}


@cache
def _index(*more: Enrollee) -> RosterIndex:
    return index_roster([*ROSTER, *more], COURSE, (), [BLOG])


def read(author: str, among: RosterIndex | None = None) -> dict[int, str]:
    """Whom an author name fits -> how much of their name it is."""
    among = among or _index()
    clues = author_name_clues(read_entry(comment(author=author), among), BLOG, among)
    return {clue.enrollment_id: _FACTS[clue.fact] for clue in clues}


@pytest.mark.parametrize(
    ("author", "who"),
    [
        # marks around the name
        ("~ Ginger Halloran ~", GINGER),
        ("* Ginger Halloran *", GINGER),
        ("__kwesi_amponsah__", KWESI),
        ("♥ Ginger Halloran ♥", GINGER),
        ("-=Kwesi Amponsah=-", KWESI),
        ("xXkwesiamponsahXx", KWESI),
        ("xxGingerHalloranxx", GINGER),
        ("x Ginger Halloran x", GINGER),
        ("xXrutendoXx", RUTENDO),
        ("_rutendo_", RUTENDO),
        ("Ginger Halloran :)", GINGER),
        ("Ginger Halloran :D", GINGER),
        ("Ginger Halloran <3", GINGER),
        ("Rutendo :P", RUTENDO),
        ("Ginger 🌻 Halloran 🌻", GINGER),
        ('"Ginger Halloran"', GINGER),
        ("(Ginger Halloran)", GINGER),
        ("@GingerHalloran", GINGER),
        # words that are no name, before and behind
        ("ItsGingerHalloran", GINGER),
        ("ItsTae-minJoo", TAE),
        ("It's Ginger Halloran", GINGER),
        ("its.ginger.halloran", GINGER),
        ("im.kwesi.amponsah", KWESI),
        ("I'm Kwesi Amponsah", KWESI),
        ("hi im kwesi amponsah", KWESI),
        ("Hello, I am Kwesi Amponsah", KWESI),
        ("hi my name is ginger halloran", GINGER),
        ("My name is Rutendo", RUTENDO),
        ("This is Delphine St. Cyr", DELPHINE),
        ("TheRealGingerHalloran", GINGER),
        ("the_real_kwesi_amponsah", KWESI),
        ("Official Kwesi Amponsah", KWESI),
        ("Kwesi Amponsah Official", KWESI),
        ("Kwesi Amponsah here", KWESI),
        ("Rutendo here", RUTENDO),
        ("Rutendo xo", RUTENDO),
        ("Ginger Halloran xoxo", GINGER),
        ("Ginger Halloran from class", GINGER),
        ("Ginger Halloran again", GINGER),
        ("Name: Ginger Halloran", GINGER),
        ("from Ginger Halloran", GINGER),
        ("Ginger Halloran says:", GINGER),
        # the course and what one does there
        ("EDT320 Ginger Halloran", GINGER),
        ("Ginger Halloran [EDT 320]", GINGER),
        ("edt-320_GingerHalloran", GINGER),
        ("Ginger Halloran, music education student", GINGER),
        ("Ginger Halloran, future teacher", GINGER),
        ("Ginger Halloran, sophomore", GINGER),
        ("Ginger Halloran (nursing major)", GINGER),
        ("Ginger Halloran - student", GINGER),
        ("Ginger Halloran, Student Teacher", GINGER),
        ("Ginger Halloran (she/her)", GINGER),
        ("Ginger Halloran she/they", GINGER),
        # order, commas, titles, nicknames
        ("Halloran Ginger", GINGER),
        ("halloran, ginger", GINGER),
        ("amponsah,kwesi", KWESI),
        ("Duarte Pinto, Marisela", MARISELA),
        ("Miss Halloran (Ginger)", GINGER),
        ("Ms. Duarte Pinto (Marisela)", MARISELA),
        ("Mr. McTavish (Wes)", WES),
        ("Ginger (Halloran)", GINGER),
        ("Elizabeth (Beth) Adeyinka", LIZ),
        ('Elizabeth "Betty" Adeyinka', LIZ),
        ("Elizabeth 'Liz' Adeyinka", LIZ),
        ("Elizabeth “Sparky” Adeyinka", LIZ),
        ("Ginger Halloran (Sparky)", GINGER),
        ("Miss Ginger Halloran", GINGER),
        ("Future Mrs. Ginger Halloran", GINGER),
        ("Beth Adeyinka", LIZ),
        ("adeyinka liz", LIZ),
        # middle names and initials
        ("Delphine R. St. Cyr", DELPHINE),
        ("Casimir J. dos Reis", CASIMIR),
        ("Ginger Q Halloran", GINGER),
        ("Halloran Ginger Q", GINGER),
        ("St. Cyr Delphine R.", DELPHINE),
        ("Noelle K. Whitcombe", NOELLE),
        ("N. Kay Whitcombe", NOELLE),
        ("Noelle Whitcombe", NOELLE),
        # joined, split and spelled otherwise
        ("GingerHalloran", GINGER),
        ("gingerhalloran", GINGER),
        ("gingerhalloran45", GINGER),
        ("halloranginger_4", GINGER),
        ("ginger.halloran", GINGER),
        ("ginger-halloran", GINGER),
        ("Delphine Saint Cyr", DELPHINE),
        ("Delphine Saint-Cyr", DELPHINE),
        ("delphinestcyr", DELPHINE),
        ("Casimir Dos Reis", CASIMIR),
        ("casimir dosreis", CASIMIR),
        ("Casimir Reis", CASIMIR),
        ("Bronagh ODwyer", BRONAGH),
        ("bronagh o dwyer", BRONAGH),
        ("Wes Mc Tavish", WES),
        ("wesleymctavish", WES),
        ("Marisela Duarte", MARISELA),
        ("Marisela Pinto", MARISELA),
        ("Pinto Marisela", MARISELA),
        ("marisela duarte-pinto", MARISELA),
        ("Aysegul Senturk", AYSE),
        ("Im Ha-neul", IM),
        ("im.ha.neul.im", IM),
        ("Taemin Joo", TAE),
        ("Joo Tae-min", TAE),
        ("Minh Khue Phan", KHUE),
        # beside the title of a site
        ("Paper Kites | Ginger Halloran", GINGER),
        ("Ginger Halloran's Class Blog", GINGER),
        ("paperkites (Ginger Halloran)", GINGER),
    ],
)
def test_name_that_is_understood_wholly_is_a_whole_one(author: str, who: int) -> None:
    assert read(author) == {who: WHOLE}


@pytest.mark.parametrize(
    ("author", "who"),
    [
        ("H. Ginger", GINGER),
        ("Halloran G.", GINGER),
        ("Halloran, G.", GINGER),
        ("Ginger, H.", GINGER),
        ("halloran.g", GINGER),
        ("g halloran", GINGER),
        ("G. Halloran", GINGER),
        ("~Ginger H~", GINGER),
        ('Ginger "H"', GINGER),
        ("Ginger H from class", GINGER),
        ("Ginger H :)", GINGER),
        ("Its Ginger H", GINGER),
        ("GingerH", GINGER),
        ("EDT320 Ginger H", GINGER),
        ("Miss Ginger H.", GINGER),
        ("Ms. G. Halloran", GINGER),
        ("Ayşegül, Ş.", AYSE),
        ("Ş. Ayşegül", AYSE),
        ("Duarte Pinto, M.", MARISELA),
        ("Minh Khuê P <3", KHUE),
        ("latoya", None),
        ("kwesi_a", KWESI),
    ],
)
def test_name_with_an_initial_is_read_in_any_order(author: str, who: int | None) -> None:
    assert read(author) == ({} if who is None else {who: INITIAL})


@pytest.mark.parametrize(
    "author", ["Ginger xo", "ginger :D", "Its Ginger", "ginger here", "GINGER!", "~ginger~", "hi im ginger"]
)
def test_given_name_is_one_whatever_stands_beside_it(author: str) -> None:
    assert read(author) == {GINGER: GIVEN}


@pytest.mark.parametrize(
    "author",
    [
        "Not Ginger Halloran",
        "notgingerhalloran",
        "NotGingerHalloran",
        "Ginger's mom",
        "Ginger Halloran's mom",
        "Mom of Ginger Halloran",
        "for Ginger Halloran",
        "To Ginger Halloran",
        "Mr. Halloran",
        "Mrs. Halloran",
        "Ginger & Tom",
        "Ginger Halloran & Kwesi Amponsah",
        "Ginger Halloran and Kwesi Amponsah",
        "Ginger Halloran and friends",
        "Team Ginger Halloran",
        "Ginger Halloran-Reyes",
        "Ginger Reyes Halloran",
        "Ginger Halloran Reyes",
        "Kwesi Halloran",
        "Ginger Amponsah",
        "Ginger Halloran (for Kwesi Amponsah)",
        "Ginger Halloran | Kwesi Amponsah",
        "Ginger Halloran, Kwesi Amponsah",
        "Ginger Halloran fan",
        "I am not Ginger Halloran",
        "Anti Ginger Halloran",
        "Noelle J. Whitcombe",
        "Grandma Halloran",
        "Ask Ginger Halloran",
        "Ginger Snaps",
        "xo",
        "here",
        "the real",
        ":D",
        "Official",
    ],
)
def test_what_may_be_somebody_elses_is_no_whole_name(author: str) -> None:
    assert not {WHOLE, INITIAL} & set(read(author).values())


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("halloran8", {GINGER: PART}),
        ("Miss Halloran", {GINGER: PART}),
        ("duarte-pinto", {MARISELA: PART}),
        ("MissHalloran", {GINGER: PART}),
        ("MissDuarte-Pinto", {MARISELA: PART}),
        ("Future Mr. McTavish!", {WES: PART}),
        ("ghalloran3", {GINGER: PART}),
        ("Ginger Reyes", {GINGER: PART}),
        ("Ginger Said", {GINGER: PART}),
        ("Ginger Im", {GINGER: PART, IM: PART}),
        ("Ginger Halloran-Reyes", {GINGER: PART}),
    ],
)
def test_name_that_is_understood_in_part_proposes(author: str, expected: dict[int, str]) -> None:
    assert read(author) == expected


def test_another_students_form_of_the_same_words_comes_first() -> None:
    middle = index_roster(
        [student(1, "Ginger Quinn", "Halloran"), student(2, "Ginger Rae", "Halloran")], COURSE
    )
    assert read("Ginger R. Halloran", middle) == {2: WHOLE}
    assert WHOLE not in read("Ginger T. Halloran", middle).values()
    maria = index_roster([student(1, "María", "García"), student(2, "Ana María", "García")], COURSE)
    assert set(read("Ana María García", maria)) == {2}
    real = index_roster(
        [student(1, "Ann", "Smith"), student(2, "Real", "Ann"), student(3, "Im", "Ann")], COURSE
    )
    assert read("Real Ann", real) == {2: WHOLE}
    assert WHOLE not in read("Im Ann Smith", real).values()


def test_initial_that_fits_two_in_either_order_is_nobodys_alone() -> None:
    among = index_roster([student(1, "Jordan", "Kim"), student(2, "Kelly", "Jordan")], COURSE)
    assert read("Jordan K", among) == {1: PART, 2: PART}


@pytest.mark.parametrize(
    "author", ["kitchen.table", "half_past_noon", "Umbrella Weather", "PaperLantern", "Captain Pancake"]
)
def test_everyday_words_are_a_pen_name_and_no_strangers(author: str) -> None:
    link = "http://gingerhalloran.edublogs.org/"
    among = index_roster([student(1, "Ginger", "Halloran", blog=link, allocated=True)], COURSE, (), [BLOG])
    match = match_entry(comment(author=author, author_url=link), BLOG, among)
    assert match.verdict is MatchVerdict.ACCEPT


@pytest.mark.parametrize("author", ["Nora Whitfield", "nora.whitfield", "Mrs. Whitfield", "Rosalind Stone"])
def test_strangers_name_over_a_link_is_asked_about(author: str) -> None:
    link = "http://gingerhalloran.edublogs.org/"
    among = index_roster([student(1, "Ginger", "Halloran", blog=link, allocated=True)], COURSE, (), [BLOG])
    match = match_entry(comment(author=author, author_url=link), BLOG, among)
    assert match.verdict is MatchVerdict.REVIEW


FORMS = (
    "{given} {family}",
    "{family} {given}",
    "{family}, {given}",
    "{GIVEN} {FAMILY}",
    "{camel_given}{camel_family}",
    "Its{camel_given}{camel_family}",
    "the real {given} {family}",
    "im.{small_given}.{small_family}",
    "{small_given}{small_family}{n}",
    "{small_family}_{small_given}",
    "~{given} {family}~",
    "xX{small_given}Xx",
    "xX{small_given}{small_family}Xx",
    "Miss {family} ({given})",
    "Mr. {family}",
    "{given} (Sparky) {family}",
    "{given} {initial}. {family}",
    "{family} {given} {initial}",
    "{given} {family} {initial}",
    "{given} {f}.",
    "{f}. {given}",
    "{g} {family}",
    "{family}, {g}.",
    "{given} {f} from class",
    "{given} :D",
    "{given} here",
    "{given} {family}, nursing student",
    "Paper Kites ({given} {family})",
    "Not {given} {family}",
    "{given}'s mom",
    "{given} {family}-Ashgrove",
    "{given} Ashgrove {family}",
    "{given} & {other}",
    "{given} {family} & {other} {other_family}",
    "{other} {family}",
    "{given} {other_family}",
)


@pytest.mark.parametrize("seed", [2, 21, 31])
def test_no_form_of_ones_name_is_anothers_whole_name(seed: int) -> None:
    rng = Random(seed)
    cultures = [culture for name in ("a", "b") for culture in NAMES[name].STOCKS]
    people = [draw_person(rng, dict.fromkeys(cultures, 1)) for _ in range(200)]
    among = index_roster(
        [student(n, one.given, one.family, preferred=one.preferred) for n, one in enumerate(people)], COURSE
    )
    for who, person in enumerate(people):
        other = people[who - rng.randint(1, 199)]
        for form in FORMS:
            field = form.format(**_slots(person, other, rng))
            wholes = [found for found, what in read(field, among).items() if what == WHOLE]
            assert all(_share_a_name(found, who, among) for found in wholes) or "{other" in form, field
            if form.startswith(("Not ", "{given}'s", "Mr.")) or "&" in form or "Ashgrove" in form:
                assert not [found for found in wholes if people[found].family], field


def _slots(person: Person, other: Person, rng: Random) -> dict[str, str]:
    given, family = person.call, person.family or "Zuk"
    return {
        "given": given,
        "family": family,
        "GIVEN": given.upper(),
        "FAMILY": family.upper(),
        "camel_given": given.title().replace(" ", ""),
        "camel_family": family.title().replace(" ", ""),
        "small_given": squeeze(given),
        "small_family": squeeze(family),
        "g": given[0],
        "f": family[0],
        "initial": rng.choice("ABCDEFGHJKLMNOPRST"),
        "n": str(rng.randint(2, 99)),
        "other": other.call,
        "other_family": other.family or "Zuk",
    }


def _share_a_name(one: int, other: int, among: RosterIndex) -> bool:
    """Whether a given name and a surname of both, in any form, are the same."""
    first, second = among.names[one], among.names[other]
    return one == other or not (
        first.given.keys().isdisjoint(second.given) or first.surname.keys().isdisjoint(second.surname)
    )

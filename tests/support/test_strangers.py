"""The invented courses for the matcher: one course a seed, labels that cannot contradict, whole sets."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from tests.support.strangers.course import Course, make_course, make_world
from tests.support.strangers.persons import Person, person_slots
from tests.support.strangers.phrases import CHOICE, fill, open_phrasebook
from tests.support.strangers.setting import SCENERIES, course_slots
from tests.support.strangers.stocks import CULTURES_OF, NAMES, STOCKS

SETS = ("a", "b", "c", "d", "e", "f")
SHARED_BY_CHANCE = {
    ("a", "b"): 0, ("a", "c"): 3, ("b", "c"): 1, ("a", "d"): 5, ("b", "d"): 2, ("c", "d"): 1,
    ("a", "e"): 1, ("b", "e"): 1, ("c", "e"): 1, ("d", "e"): 5,
    ("a", "f"): 2, ("b", "f"): 3, ("c", "f"): 3, ("d", "f"): 3, ("e", "f"): 4,
}  # fmt: skip
"""How many sentences two sets share: c to f were written without a look at the others, and stay so."""
WITHOUT_WRITER = frozenset(
    {"open", "middle", "question", "close", "greet_owner"} | {"owner_sign", "child", "pingback", "spam"}
)
ABOUT_OTHERS = {
    "owner_reply": frozenset({"other", "other_given", "quote"}),
    "staff": frozenset({"other", "other_given"}),
}
OUTSIDE = frozenset({"signed_outside", "life_other", "life_alumni", "life_other_course", "life_near"})
ABOUT_STUDENTS = frozenset({"namedrop", "impersonation"})
NAMES_OF_READERS = frozenset({"name_outsider", "handle"})
NAMES_OF_STUDENTS = frozenset({"site_title", "pen"})
SHORT_KINDS = frozenset({"name_full", "owner_sign", "signoff_family", "signoff_initials"})


@pytest.fixture(scope="module", params=SETS)
def wordings(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def course(wordings: str) -> Course:
    return make_course(7, wordings, students=40, blogs=10, comments=400)


def test_the_same_seed_gives_the_same_course(course: Course, wordings: str) -> None:
    again = make_course(7, wordings, students=40, blogs=10, comments=400)
    assert (again.roster, again.comments, again.truth) == (course.roster, course.comments, course.truth)


def test_another_seed_gives_another_course(course: Course, wordings: str) -> None:
    other = make_course(8, wordings, students=40, blogs=10, comments=400)
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


def test_every_wording_uses_only_slots_that_its_kind_has(wordings: str) -> None:
    slots_of = _slots_of_kinds(wordings)
    for kind, lines in open_phrasebook(wordings).kinds.items():
        slots = dict.fromkeys(slots_of.get(kind, slots_of["a student's"]), "x")
        for line in lines:
            for seed in range(4):  # a wording's choices differ
                text = fill(line, Random(seed), slots).text
                assert not set("{}") & set(text), line
                assert not CHOICE.search(text), line


def _slots_of_kinds(wordings: str) -> dict[str, set[str]]:
    """The names of the slots at hand for each kind whose writer is no student, and for a student's kinds."""
    world = make_world(Random(1), wordings, students=20, blogs=4)
    blog, at = world.blogs[0], world.blogs[0].posts[-1].published + timedelta(days=1)
    nobody, outsider, student = (world.draft(blog, at) for _ in range(3))
    world.as_person(outsider, world.visitors[0].person, "outsider")
    world.as_student(student, world.students[0])
    common, outside = set(nobody.slots), set(outsider.slots)
    name = set(person_slots(world.visitors[0].person, Random(1)))
    mate = {slot for slot in student.slots if slot.startswith("mate_")}
    return (
        dict.fromkeys(WITHOUT_WRITER, common)
        | {kind: common | others for kind, others in ABOUT_OTHERS.items()}
        | dict.fromkeys(OUTSIDE, outside)
        | dict.fromkeys(ABOUT_STUDENTS, outside | mate)
        | dict.fromkeys(NAMES_OF_READERS, name | {"n", "grade", "site_title"})
        | dict.fromkeys(NAMES_OF_STUDENTS, name | set(course_slots(world.setting, Random(1))) | {"n"})
        | {"name_full": name}
        | {"a student's": set(student.slots) | {"other", "other_given", "quote", "site", "post_of_mine"}}
    )


def test_the_sets_have_the_same_kinds_but_for_the_languages_of_closings() -> None:
    first, *others = (set(open_phrasebook(name).kinds) - set(CULTURES_OF) for name in SETS)
    for kinds in others:
        assert kinds == first


@pytest.mark.parametrize("name", ["b", "c", "d", "e", "f"])
def test_a_later_set_has_thirty_wordings_or_more_of_each_kind(name: str) -> None:
    for kind, lines in open_phrasebook(name).kinds.items():
        if kind not in SHORT_KINDS | set(CULTURES_OF):
            assert len(lines) >= 30, kind


@pytest.mark.parametrize("pair", list(combinations(SETS, 2)), ids="-".join)
def test_two_sets_share_no_topic_and_hardly_a_sentence(pair: tuple[str, str]) -> None:
    one, other = (
        {line for lines in open_phrasebook(name).kinds.values() for line in lines if len(line.split()) > 4}
        for name in pair
    )
    assert len(one & other) <= SHARED_BY_CHANCE[pair]
    titles, other_titles = (
        {title for topic in open_phrasebook(name).topics for title in topic.titles} for name in pair
    )
    assert not titles & other_titles


def test_a_culture_is_of_one_set_and_its_closings_are_in_that_sets_wordings() -> None:
    assert len(STOCKS) == sum(len(names.STOCKS) for names in NAMES.values())
    for name, names in NAMES.items():
        kinds = set(open_phrasebook(name).kinds)
        of_language = {kind for kind, cultures in CULTURES_OF.items() if set(cultures) & set(names.STOCKS)}
        assert of_language == kinds & set(CULTURES_OF), name
        scenery = SCENERIES[name]
        for shares in (*scenery.mixes, scenery.staff_mix, scenery.owner_mix):
            assert set(shares) <= set(names.STOCKS), name


def test_a_short_form_is_that_of_the_persons_own_set() -> None:
    for name, names in NAMES.items():
        for culture, stock in names.STOCKS.items():
            for given in (*stock.women, *stock.men):
                short = Person(given, "", "f", culture).diminutive
                own = names.DIMINUTIVES
                assert short in ({own[given]} if given in own else set(given.split())), (name, given)

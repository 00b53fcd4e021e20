from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from rapidfuzz.distance import OSA

from tests.support.big_course import make_big_course
from tracker.demo import names
from tracker.demo.names import SPECIAL, Name, fold
from tracker.demo.people import pick_names, with_given_name_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Guðmundsdóttir", "gudmundsdottir", id="Icelandic"),
        pytest.param("Ní Bhriain", "nibhriain", id="blank and accent"),
        pytest.param("O'Shaughnessy", "oshaughnessy", id="apostrophe"),
        pytest.param("Юлия", "", id="Cyrillic leaves nothing"),
    ],
)
def test_name_folds_to_what_a_host_may_hold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_students_owners_and_passers_by_share_no_name() -> None:
    groups = [
        {*names.GIVEN, *names.FAMILY},
        {*names.OWNER_GIVEN, *names.OWNER_FAMILY},
        {*names.PASSER_GIVEN, *names.PASSER_FAMILY},
    ]
    for one, other in combinations(groups, 2):
        assert not one & other


def test_names_that_stand_alone_share_no_part_with_anybody() -> None:
    alone, others = pick_names(Random(1), alone=20, others=100)
    everybody = [*alone, *others]
    assert len(set(everybody)) == 120
    assert others[: len(SPECIAL)] == list(SPECIAL)
    for name in alone:
        assert sum(each.given == name.given for each in everybody) == 1
        assert sum(each.family == name.family for each in everybody) == 1


def test_somebody_else_can_have_the_same_first_name() -> None:
    name = Name("Kwame", "Achebe")
    other = with_given_name_of(Random(1), name, [Name("", family) for family in names.FAMILY])
    assert other.given == "Kwame"
    assert other.family != "Achebe"


def test_class_blogs_are_more_than_a_slip_of_the_pen_apart() -> None:
    course = make_big_course()
    assert len(course.class_blogs) == 150
    for one, other in combinations(course.class_blogs, 2):
        assert OSA.distance(one, other) > 2

"""Casts a course: names for its students, their class blogs, sections and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tracker.demo.blogosphere.blogs import Serves
from tracker.demo.names import FAMILY, GIVEN, PREFERRED, SPECIAL, Name, fold
from tracker.demo.scenario import DemoStudent, Scenario


def pick_names(rng: Random, *, alone: int, others: int) -> tuple[list[Name], list[Name]]:
    """`alone` names that share no part with anybody, and `others` whose parts may recur; all differ.

    The others begin with the unusual ones: other scripts, long ones, several words.
    """
    given, family = rng.sample(GIVEN, len(GIVEN)), rng.sample(FAMILY, len(FAMILY))
    if alone > len(GIVEN) - 20:
        raise ValueError(f"At most {len(GIVEN) - 20} students can have a name of their own, not {alone}.")
    single = [_name(given[n], family[n]) for n in range(alone)]
    shared = list(SPECIAL[:others])
    while len(shared) < others:
        name = _name(rng.choice(given[alone:]), rng.choice(family[alone:]))
        if name not in shared:
            shared.append(name)
    return single, shared


def with_given_name_of(rng: Random, name: Name, names: Sequence[Name]) -> Name:
    """Another person of the same first name; the family name is none of `names`' if possible."""
    taken = {each.family for each in names}
    free = [family for family in FAMILY if family not in taken]
    return Name(name.given, rng.choice(free or [family for family in FAMILY if family != name.family]))


def cast_students(
    scenario: Scenario, names: Sequence[Name], classes: Sequence[str], *, sections: int
) -> list[DemoStudent]:
    """Students with class blogs (nine of ten at Blogger), spread evenly over the sections."""
    numbers = scenario.rng.sample(range(1000, 9999), len(names))
    places = [str(n % sections + 1) for n in range(len(names))]
    scenario.rng.shuffle(places)
    taken: set[str] = set()
    students = []
    for n, (name, klass) in enumerate(zip(names, classes, strict=True)):
        suffix = "" if name.address_part not in taken else f"{n:03d}"
        taken.add(name.address_part)
        serves = Serves.WORDPRESS if n % 10 == 7 else Serves.BLOGGER
        students.append(
            DemoStudent(
                f"s{numbers[n]}",
                name,
                places[n],
                scenario.class_blog(name, serves, suffix=suffix),
                f"{fold(name.latin or name.given)[:8]}{numbers[n]}@harlan.example",
                klass=klass,
            )
        )
    return students


def _name(given: str, family: str) -> Name:
    return Name(given, family, PREFERRED.get(given, ""))

"""The forms a student's own name may be written in, each with what it costs not to be the plain one.

Looking students up by them is left to `candidates`.

Tested in tests/matching/test_names.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.roster import Enrollee, HandleKind, HandleState, KnownHandle
from tracker.matching.names import given_forms, read_name, spellings, surname_forms


@dataclass(frozen=True, slots=True)
class NameForms:
    """A student's name in all the forms it may be written in, squeezed -> bits each costs."""

    given: dict[str, float]
    surname: dict[str, float]
    full: dict[str, float]
    words: frozenset[str] = frozenset()
    """The single words that a form may begin with in a text."""

    def fits_surname_initial(self, letter: str) -> bool:
        return any(form.startswith(letter) for form in self.surname)

    def fits_given_initial(self, letter: str) -> bool:
        return any(form.startswith(letter) for form, cost in self.given.items() if cost < 1)


def is_usable(handle: KnownHandle) -> bool:
    return handle.state is HandleState.ACTIVE or handle.state is HandleState.PROVISIONAL


def name_forms(enrollee: Enrollee) -> NameForms:
    """Every form of a student's name: given x surname in both orders, and the registered names."""
    given = given_forms(enrollee.given_name, enrollee.preferred_name)
    surname = surname_forms(enrollee.family_name)
    full: dict[str, float] = {}
    words = {
        word
        for form in (enrollee.given_name, enrollee.preferred_name, enrollee.family_name)
        for spelling in spellings(form)
        for word in spelling.split()
    }
    for first, first_cost in given.items():
        for last, last_cost in surname.items():
            _cheapest(full, first + last, first_cost + last_cost)
            _cheapest(full, last + first, first_cost + last_cost)
    for form, cost in surname.items():
        if not cost:  # "El Mansouri" is no whole name for Nour El Houda El Mansouri
            full.pop(form, None)
    if not surname:  # some people have one name only
        full.update({form: cost for form, cost in given.items() if cost < 1})
    for handle in enrollee.handles:
        name = read_name(handle.key)
        if handle.kind is HandleKind.NAME and handle.blog_id is None and name.is_full and is_usable(handle):
            _cheapest(full, name.squeezed, 0.0)
            words.update(name.tokens)
    return NameForms(given, surname, full, frozenset(words))


def built_handles(given: list[str], surname: str) -> Iterable[str]:
    """Login-like handles made of a name: asmith, smitha, anns, smithann (whole names are full names)."""
    if not given or not surname:
        return
    first = given[0]
    if len(surname) > 2:
        yield first[0] + surname
        yield surname + first[0]
    if len(first) > 2:
        yield first + surname[0]


def _cheapest(forms: dict[str, float], form: str, cost: float) -> None:
    forms[form] = min(cost, forms.get(form, cost))

"""Whose whole name an author name is, in any order and with middle names.

Tested in tests/matching/test_author_names.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tracker.matching.candidates import RosterIndex
from tracker.matching.forms import NameForms
from tracker.matching.names import (
    PARTICLES,
    WrittenName,
    full_name_candidates,
    name_key,
    skeleton,
    split_handle,
    squeeze_name,
)

MIDDLE_COST = 2.5
"""What a whole word between given name and surname takes away that is neither."""


def find_full(name: WrittenName, index: RosterIndex) -> dict[int, float]:
    """The students whose full name this is -> bits lost by how it is written."""
    if name.titled and len(name.tokens) == 1:
        return index.by_full.get("".join(name.whole), {})
    for squeezed in full_name_candidates(name):
        if squeezed in index.by_full:
            return _with_middle_names(name, squeezed, index)
    if len(name.tokens) > 2 and len(name.tokens[-1]) == 1:
        return _family_first(name, index)
    if name.mixed_script:
        return index.by_full.get(squeeze_name(skeleton(name.shown)), {})
    if len(name.tokens) == 1 or name.is_handle:
        bare = split_handle(name.squeezed, index.course_codes)
        if len(bare) > 5 and bare in index.by_full:
            return {
                who: cost + 1.0
                for who, cost in index.by_full[bare].items()
                if bare == name.squeezed or not index.is_called(who, bare)
            }
    return {}


def _family_first(name: WrittenName, index: RosterIndex) -> dict[int, float]:
    """Whose whole name it is with surname first and a middle initial last: "Smith Ann K."."""
    *words, initial = name.tokens
    full = _without_givens("".join(words), index)
    others = find_initial_holders(name.tokens, index)
    return {
        who: cost
        for who, cost in full.items()
        if others <= {who}
        and _fits_middle(initial, who, index)
        and _begins_with_surname(words, index.names[who])
    }


def _begins_with_surname(words: Sequence[str], forms: NameForms) -> bool:
    return any(
        "".join(words[:at]) in forms.surname and "".join(words[at:]) in forms.given
        for at in range(1, len(words))
    )


def _with_middle_names(name: WrittenName, squeezed: str, index: RosterIndex) -> dict[int, float]:
    """Whose whole name it is. What stands in the middle and is none of theirs may make it somebody else's."""
    full = _without_givens(squeezed, index)
    if squeezed in (name.squeezed, "".join(name.whole)):
        return full
    is_short = squeezed == "".join(token for token in name.tokens if len(token) > 1)
    middle = [token for token in name.tokens[1:-1] if len(token) == 1 or not is_short]
    unfit = {who for who in full if not all(_fits_middle(token, who, index) for token in middle)}
    if len(unfit) < len(full):
        return {who: cost for who, cost in full.items() if who not in unfit}
    return {who: cost + MIDDLE_COST for who, cost in full.items()}


def _fits_middle(token: str, who: int, index: RosterIndex) -> bool:
    """Whether a middle name may be a student's: one of their names; an initial of whoever registered no
    other given name than the first, too."""
    forms = index.names[who]
    if len(token) > 1:
        return token in forms.given or token in forms.surname or token in PARTICLES
    has_middle = len(name_key(index.enrollees[who].given_name).split()) > 1
    return not has_middle or forms.fits_given_initial(token) or forms.fits_surname_initial(token)


def _without_givens(squeezed: str, index: RosterIndex) -> dict[int, float]:
    """Whose whole name it is: "Li Na" is Lina's given name before it is Na Li's with family name first."""
    full = index.by_full.get(squeezed, {})
    if squeezed not in index.by_given:
        return full
    return {who: cost for who, cost in full.items() if not index.enrollees[who].family_name}


def find_initial_holders(tokens: Sequence[str], index: RosterIndex) -> frozenset[int]:
    """Whom a name with an initial fits, in any order: "Ann S.", "A. Smith", "S. Ann", "Smith A."."""
    if len(tokens) < 2:
        return frozenset()
    found = set()
    for letter, words in ((tokens[-1], tokens[:-1]), (tokens[0], tokens[1:])):
        long = [word for word in words if len(word) > 1]
        if len(letter) == 1 and long:
            found |= {
                who
                for table in (index.by_given, index.by_surname)
                for key in ("".join(long), long[0], long[-1])
                for who in table.get(key, ())
                if _fits_initial(letter, long, index.names[who])
            }
    return frozenset(found)


def _fits_initial(letter: str, words: Sequence[str], forms: NameForms) -> bool:
    """Whether words are a given name of the forms and a letter the surname's first, or the reverse."""
    joined = "".join(words)

    def are_all(named: Collection[str]) -> bool:
        return joined in named or all(word in named for word in words)

    return (are_all(forms.given) and forms.fits_surname_initial(letter)) or (
        are_all(forms.surname) and forms.fits_given_initial(letter)
    )

"""Names a writer goes by, as author, introduced or signed, and which students they fit.

A name shared by several students is worth less to each; only a unique one can count as grounds.

Tested in tests/matching/test_evidence.py.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from tracker.domain.linkage import EvidenceKind
from tracker.domain.reason import Param
from tracker.domain.roster import BlogProfile, HandleKind, HandleOrigin
from tracker.matching import weights
from tracker.matching.candidates import MOST_NAMES, Holder, RosterIndex
from tracker.matching.evidence_kinds import Clue, Fact, Topic, clue_for
from tracker.matching.full_names import MIDDLE_COST, find_full, find_initial_holders
from tracker.matching.mentions import NamePart
from tracker.matching.names import (
    WrittenName,
    split_handle,
)
from tracker.matching.reading import Reading
from tracker.matching.scene import Mention, Role

FEWEST_FOR_FREQUENCY = 100
"""A roster smaller than this says little about how common a name is."""
LONGEST_SHORT_FORM = 5
"""Letters; longer beginnings of a name are on the lists of short forms, or are made-up words."""

_INITIALS = {
    EvidenceKind.NAME: EvidenceKind.NAME_INITIAL,
    EvidenceKind.INTRODUCTION: EvidenceKind.INTRODUCTION_INITIAL,
    EvidenceKind.SIGNATURE: EvidenceKind.SIGNATURE_INITIAL,
}


def author_name_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> Sequence[Clue]:
    """What the author name says: a registered handle, a full name, a part of one."""
    author = reading.author
    if author.says_nothing or not author.tokens:
        return ()
    fitting = _remembered(author, index)
    if not fitting:
        fitting = tuple(_assigned_clues(reading, blog, index))
    as_name, as_twitter = author.key.replace(" ", ""), author.shown.lstrip("@").lower()
    if as_name not in index.called and as_twitter not in index.called:
        return fitting
    keys = (
        (HandleKind.NAME, as_name, weights.HANDLE),
        (HandleKind.TWITTER, as_twitter, weights.TWITTER_AS_NAME),
    )
    return (*_handle_clues(reading, blog, index, keys), *fitting)


def said_name_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """What a writer says in the text: introducing themselves, or signing. A name that may as well be
    somebody else's proposes only."""
    for one in reading.own_names:
        yield from _said_clues(one, reading.author, index)
    for one in reading.names_in_doubt:
        whole = one.hit.part is NamePart.FULL
        params: dict[str, Param] = {"holders": len(one.hit.holders), "sure": False}
        for who in one.hit.holders:
            bits = full_name_bits(index, who) if whole else _shared(weights.INTRODUCED_FIRST, one.hit.holders)
            kind = EvidenceKind.INTRODUCTION
            yield _named(who, Fact.HINT, kind, kind, one.shown, bits, params)


def full_name_bits(index: RosterIndex, who: int) -> float:
    """What a full name is worth: rarer ones more, by how often given name and surname are on the roster."""
    forms = index.names[who]
    people = max(len(index.enrollees), FEWEST_FOR_FREQUENCY)
    given = max((len(index.by_given[form]) for form, cost in forms.given.items() if not cost), default=1)
    surname = max(
        (len(index.by_surname[form]) for form, cost in forms.surname.items() if not cost), default=1
    )
    low, high = weights.FULL_NAME_RANGE
    return min(max(math.log2(people / given) + math.log2(people / surname) - 3, low), high)


def _remembered(name: WrittenName, index: RosterIndex) -> tuple[Clue, ...]:
    """Whom an author name fits, worked out the first time it is written."""
    found = index.name_cache.get(name.shown)
    if found is None:
        if len(index.name_cache) >= MOST_NAMES:
            del index.name_cache[next(iter(index.name_cache))]  # the oldest; who comes back is read again
        found = index.name_cache[name.shown] = tuple(_author_clues(name, index))
    return found


def _author_clues(author: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    full = find_full(author, index)
    if full:
        yield from _full_name_clues(author.shown, full, EvidenceKind.NAME, index)
    else:
        yield from _part_name_clues(author, index)


def _handle_clues(
    reading: Reading, blog: BlogProfile, index: RosterIndex, keys: Sequence[tuple[HandleKind, str, float]]
) -> Iterator[Clue]:
    author = reading.author
    for kind, key, bits in keys:
        here = index.holders(kind, key, reading.at, blog.blog_id)
        holders = here or (index.ever_held(kind, key) if author.is_full else ())
        fact, weight = _weigh_handle(kind, author, here, index), bits
        if fact is Fact.HINT and kind is HandleKind.NAME:
            weight = weights.LEARNED_FIRST_NAME
        elif fact is Fact.REGISTERED_HANDLE and kind is HandleKind.TWITTER:
            weight = weights.TWITTER
        for holder in holders:
            who, known = holder.enrollment_id, holder.handle.shown or holder.handle.key
            if index.is_denied(kind, holder.handle.key, who):
                continue
            yield clue_for(
                who, Topic.NAME, fact,
                kind=EvidenceKind.HANDLE, where="author", bits=weight, seen=author.shown, known=known,
            )  # fmt: skip


def _weigh_handle(kind: HandleKind, author: WrittenName, here: Sequence[Holder], index: RosterIndex) -> Fact:
    """Grounds for one holder's registered or confirmed name, and for a Twitter name that shows it is one:
    written "@name", or with a digit or a line that no other name has."""
    if len({holder.enrollment_id for holder in here}) != 1:
        return Fact.HINT
    if kind is HandleKind.NAME:
        return Fact.REGISTERED_HANDLE if _is_grounds(author, here, index) else Fact.HINT
    is_login = author.shown.startswith("@") or not author.shown.replace(" ", "x").isalpha()
    return Fact.REGISTERED_HANDLE if is_login else Fact.HINT


def _is_grounds(author: WrittenName, here: Sequence[Holder], index: RosterIndex) -> bool:
    """Whether a name that somebody is known by may be grounds: registered, or confirmed on this blog and
    more than a given name, which others have, too."""
    if any(holder.handle.origin is not HandleOrigin.DECISION for holder in here):
        return True
    nobodys_on = index.nobodys_names.get(author.key.replace(" ", ""), ())
    if any(holder.handle.blog_id in nobodys_on for holder in here):
        return False
    return _is_distinctive(author, here[0].enrollment_id, index)


def _is_distinctive(author: WrittenName, who: int, index: RosterIndex) -> bool:
    """Whether a written name is more than one given name or surname, and nobody else's: a person may have
    said that she posts under her husband's name, too."""
    if (author.is_full or author.titled) and not _has_name_of(author, who, index):
        return False
    if len(author.tokens) == 1 and (author.squeezed in index.by_given or author.squeezed in index.by_surname):
        return False
    return set(find_full(author, index)) <= {who} and find_initial_holders(author.tokens, index) <= {who}


def _has_name_of(author: WrittenName, who: int, index: RosterIndex) -> bool:
    forms = index.names[who]
    is_made_up = (author.is_joined or author.is_handle or "_" in author.shown) and not author.titled
    return is_made_up or any(token in forms.given or token in forms.surname for token in author.tokens)


def _said_clues(one: Mention, author: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    kind = EvidenceKind.SIGNATURE if one.role is Role.SIGNS else EvidenceKind.INTRODUCTION
    holders, shown = one.hit.holders, one.shown
    if one.hit.part is NamePart.FULL:
        yield from _full_name_clues(shown, holders, kind, index)
    elif one.hit.part is NamePart.INITIAL:
        yield from _initial_clues(frozenset(holders), shown, kind)
    elif one.hit.part is NamePart.GIVEN:
        # Under a whole name that is nobody's, the same given name says little new, under itself nothing.
        bits = weights.INTRODUCED_FIRST
        related = author.is_full and any(author.tokens[-1] in index.names[who].surname for who in holders)
        if related:  # a relative's form: the two halves make her name
            bits = weights.SIGNED_INITIAL
        elif "".join(one.hit.keys) == author.squeezed:
            bits = 0.0
        elif author.is_full and one.hit.keys == author.tokens[:1]:
            bits = weights.SAID_AGAIN
        yield from _first_name_clues(shown, holders, kind, bits)
    else:
        bits = _shared(weights.SURNAME, holders)
        for who in holders:
            yield _named(who, Fact.HINT, EvidenceKind.SURNAME, kind, shown, bits, {"holders": len(holders)})


def _full_name_clues(
    shown: str, full: Mapping[int, float], kind: EvidenceKind, index: RosterIndex
) -> Iterator[Clue]:
    for who, cost in full.items():
        unique = len(full) == 1 and cost < MIDDLE_COST and not index.has_namesake(who)
        fact = Fact.UNIQUE_FULL_NAME if unique else Fact.FULL_NAME
        params: dict[str, Param] = {"holders": 1 if unique else max(len(full), 2)}
        if not unique and len(full) == 1 and not index.has_namesake(who):
            params["exact"] = False
        bits = full_name_bits(index, who) - cost
        yield _named(who, fact, kind, kind, shown, bits, params)


def _part_name_clues(name: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    """An author name that is not whole: given name with initial, given name or surname alone, a login."""
    tokens = [token for token in name.tokens if not token.isdigit()]
    if not tokens:
        return
    initials = find_initial_holders(tokens, index)
    squeezed = "".join(tokens)
    if initials:
        yield from _initial_clues(initials, name.shown, EvidenceKind.NAME)
    elif name.titled:
        yield from _titled_clues(tokens, name, index)
    elif squeezed in index.by_given and not name.is_joined:
        holders = index.by_given[squeezed]
        yield from _first_name_clues(name.shown, holders, EvidenceKind.NAME, weights.FIRST_NAME)
    elif len(tokens) == 1 or name.is_handle or squeezed in index.by_surname:
        yield from _login_clues(squeezed, name, index)
    else:
        yield from _half_name_clues(tokens, name, index)


def _assigned_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> Iterator[Clue]:
    """An author name that says too little of a whole roster may do for the few who were assigned the
    blog: initials ("JD 7"), or the beginning of a given name ("Gabri")."""
    author = reading.author
    letters = split_handle(author.squeezed, index.course_codes)
    if author.titled or author.is_full or not 2 <= len(letters) <= LONGEST_SHORT_FORM:
        return
    fitting = []
    for who in index.allocated.get(blog.blog_id, {}):
        forms = index.names[who]
        if len(letters) == 2:
            fits = forms.fits_given_initial(letters[0]) and forms.fits_surname_initial(letters[1])
        else:
            fits = any(form.startswith(letters) for form, cost in forms.given.items() if cost < 1)
        if fits and index.allocation_of(blog.blog_id, who, reading.at):
            fitting.append(who)
    if len(fitting) == 1:
        params: dict[str, Param] = {"holders": 1}
        what, author_name = EvidenceKind.BUILT_HANDLE, EvidenceKind.NAME
        yield _named(fitting[0], Fact.HINT, what, author_name, author.shown, weights.SHORT_FORM, params)


def _titled_clues(tokens: Sequence[str], name: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    """ "Miss Robinson": a surname, as future teachers sign; "Miss Jane" is a given name."""
    squeezed = "".join(tokens)
    holders = index.by_surname.get(squeezed, {})
    if holders:
        bits = _shared(weights.SURNAME, holders)
        for who in sorted(holders):
            params: dict[str, Param] = {"holders": len(holders)}
            yield _named(who, Fact.HINT, EvidenceKind.SURNAME, EvidenceKind.NAME, name.shown, bits, params)
    elif len(tokens) == 1 and squeezed in index.by_given:
        given = index.by_given[squeezed]
        yield from _first_name_clues(name.shown, given, EvidenceKind.NAME, weights.FIRST_NAME - 1)


def _initial_clues(initials: frozenset[int], shown: str, kind: EvidenceKind) -> Iterator[Clue]:
    is_author = kind is EvidenceKind.NAME
    fact = Fact.UNIQUE_INITIAL if is_author and len(initials) == 1 else Fact.FIRST_NAME
    bits = (weights.INITIAL if is_author else weights.SIGNED_INITIAL) - 2 * math.log2(len(initials))
    for who in sorted(initials):
        yield _named(who, fact, _INITIALS[kind], kind, shown, bits, {"holders": len(initials)})


def _first_name_clues(
    shown: str, holders: Mapping[int, float], kind: EvidenceKind, bits: float
) -> Iterator[Clue]:
    fact = Fact.UNIQUE_FIRST_NAME if len(holders) == 1 else Fact.FIRST_NAME
    what = EvidenceKind.FIRST_NAME if kind is EvidenceKind.NAME else kind
    for who in holders:
        params: dict[str, Param] = {"given": shown, "holders": len(holders)}
        yield _named(who, fact, what, kind, shown, _shared(bits, holders), params)


def _login_clues(word: str, name: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    """One word that is no given name: a surname, or a login made of a name ("adoe", "ann22")."""
    bare = split_handle(word, index.course_codes)
    tables: tuple[tuple[Collection[int], EvidenceKind, float], ...] = (
        (index.by_surname.get(bare, ()), EvidenceKind.SURNAME, weights.SURNAME),
        (index.by_built.get(bare, ()), EvidenceKind.BUILT_HANDLE, weights.BUILT_HANDLE),
        (index.by_given.get(bare, ()), EvidenceKind.FIRST_NAME, weights.FIRST_NAME - 1),
    )
    for holders, what, bits in tables:
        for who in sorted(holders):
            params: dict[str, Param] = {"holders": len(holders)}
            yield _named(who, Fact.HINT, what, EvidenceKind.NAME, name.shown, _shared(bits, holders), params)


def _half_name_clues(tokens: list[str], name: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    """Given name right and surname unknown (married since?), or the other way round: proposes only."""
    half, author = EvidenceKind.HALF_NAME, EvidenceKind.NAME
    for holders, fits in (
        (index.by_given.get(tokens[0], {}), "given"),
        (index.by_surname.get(tokens[-1], {}), "family"),
    ):
        bits = _shared(weights.HALF_NAME, holders)
        for who in holders:
            yield _named(who, Fact.HINT, half, author, name.shown, bits, {"fits": fits})


def _named(
    who: int,
    fact: Fact,
    what: EvidenceKind,
    kind: EvidenceKind,
    shown: str,
    bits: float,
    params: Mapping[str, Param],
) -> Clue:
    """A clue of the kind `what`, read where a name of `kind` stands."""
    where = "author" if kind is EvidenceKind.NAME else "text"
    return clue_for(who, Topic.NAME, fact, kind=what, where=where, bits=bits, seen=shown, params=params)


def _shared(bits: float, holders: Collection[int]) -> float:
    """The bits that are left of a name several have; never evidence against any of them."""
    return max(bits - math.log2(len(holders)), 0.0) if holders else bits

"""Names a writer goes by, as author, introduced or signed, and which students they fit.

A name shared by several students is worth less to each; only a unique one can count as grounds.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

from tracker.domain.roster import BlogProfile, HandleKind
from tracker.matching import weights
from tracker.matching.candidates import RosterIndex
from tracker.matching.evidence_kinds import Clue, Fact, Group, first_name, full_name, speak
from tracker.matching.names import WrittenName, full_name_candidates, skeleton, split_handle, squeeze_name
from tracker.matching.reading import Reading

FEWEST_FOR_FREQUENCY = 100
"""A roster smaller than this says little about how common a name is."""
MOST_NAMES = 100_000
"""As many are remembered; more than the commenters of 10,000 students' course write under."""


def author_name_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> Sequence[Clue]:
    """What the author name says: a registered handle, a full name, a part of one."""
    author = reading.author
    if author.says_nothing or not author.tokens:
        return ()
    fitting = _remembered(author, "name", index)
    as_name, as_twitter = author.key.replace(" ", ""), author.shown.lstrip("@").lower()
    if as_name not in index.called and as_twitter not in index.called:
        return fitting
    keys = (
        (HandleKind.NAME, as_name, weights.HANDLE),
        (HandleKind.TWITTER, as_twitter, weights.TWITTER_AS_NAME),
    )
    return (*_handle_clues(reading, blog, index, keys), *fitting)


def said_name_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """What a writer says in the text: introducing themselves, or signing below."""
    for name in reading.introduced:
        yield from _remembered(name, "introduction", index)
    if reading.signed is not None and not reading.signed.says_nothing:
        yield from _remembered(reading.signed, "signature", index)


def find_full(name: WrittenName, index: RosterIndex) -> dict[int, float]:
    """The students whose full name this is -> bits lost by how it is written."""
    for squeezed in full_name_candidates(name):
        if squeezed in index.by_full:
            return index.by_full[squeezed]
    if name.mixed_script:
        return index.by_full.get(squeeze_name(skeleton(name.shown)), {})
    if len(name.tokens) == 1:
        bare = split_handle(name.squeezed, index.course_codes)
        if len(bare) > 5 and bare in index.by_full:
            return {who: cost + 1.0 for who, cost in index.by_full[bare].items()}
    return {}


def find_full_start(name: WrittenName, index: RosterIndex) -> dict[int, float]:
    """As `find_full`, for words that may run on behind the name ("Jane Doe and I")."""
    for length in range(min(4, len(name.tokens)), 1, -1):
        tokens = name.tokens[:length]
        for squeezed in ("".join(tokens), tokens[0] + tokens[-1]):
            if squeezed in index.by_full and len(tokens[-1]) > 1:
                return index.by_full[squeezed]
    return {}


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


def _remembered(name: WrittenName, kind: str, index: RosterIndex) -> tuple[Clue, ...]:
    """Whom a name fits, worked out the first time it is written."""
    found = index.name_cache.get((kind, name.shown))
    if found is None:
        if len(index.name_cache) >= MOST_NAMES:
            del index.name_cache[next(iter(index.name_cache))]  # the oldest; who comes back is read anew
        fitting = _author_clues(name, index) if kind == "name" else _said_clues(name, kind, index)
        found = index.name_cache[kind, name.shown] = tuple(fitting)
    return found


def _author_clues(author: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    full = find_full(author, index)
    if full:
        yield from _full_name_clues(author, full, "name", index)
    else:
        yield from _part_name_clues(author, "name", index)


def _handle_clues(
    reading: Reading, blog: BlogProfile, index: RosterIndex, keys: Sequence[tuple[HandleKind, str, float]]
) -> Iterator[Clue]:
    author = reading.author
    for kind, key, bits in keys:
        holders = index.holders(kind, key, reading.at, blog.blog_id)
        alone = len({holder.enrollment_id for holder in holders}) == 1
        fact = Fact.REGISTERED_HANDLE if alone and kind is HandleKind.NAME else Fact.HINT
        for holder in holders:
            who, known = holder.enrollment_id, holder.handle.shown or holder.handle.key
            if index.is_denied(kind, holder.handle.key, who):
                continue
            says = f"Writes under a name {first_name(index.enrollees[who])} is known by"
            yield speak(
                who,
                Group.NAME,
                fact,
                kind="handle",
                where="author",
                bits=bits,
                says=says,
                seen=author.shown,
                known=known,
            )


def _said_clues(name: WrittenName, kind: str, index: RosterIndex) -> Iterator[Clue]:
    full = find_full_start(name, index) if kind == "introduction" else find_full(name, index)
    if full:
        yield from _full_name_clues(name, full, kind, index)
    elif len(name.tokens) == 2 and len(name.tokens[1]) == 1:
        yield from _part_name_clues(name, kind, index)
    elif name.tokens and name.shown[:1].isupper() and (kind == "introduction" or len(name.tokens) == 1):
        yield from _first_name_clues(name, kind, weights.INTRODUCED_FIRST, index)


def _full_name_clues(
    name: WrittenName, full: dict[int, float], kind: str, index: RosterIndex
) -> Iterator[Clue]:
    for who, cost in full.items():
        owner = index.enrollees[who]
        unique = len(full) == 1 and not index.has_namesake(who)
        says = f"{_VERBS[kind]} {full_name(owner)}" + ("" if unique else ", a name more than one student has")
        fact = Fact.UNIQUE_FULL_NAME if unique else Fact.FULL_NAME
        yield _named(who, fact, kind, kind, name, full_name_bits(index, who) - cost, says, index)


def _part_name_clues(name: WrittenName, kind: str, index: RosterIndex) -> Iterator[Clue]:
    """A name that is not whole: given name with initial, given name or surname alone, a login made of it."""
    tokens = [token for token in name.tokens if not token.isdigit()]
    if not tokens or name.titled:
        return
    initials = _initial_holders(tokens, index)
    if initials:
        yield from _initial_clues(initials, name, kind, index)
    elif len(tokens) == 1 and tokens[0] in index.by_given:
        yield from _first_name_clues(name, kind, weights.FIRST_NAME, index)
    elif len(tokens) == 1:
        yield from _login_clues(tokens[0], name, kind, index)
    elif kind == "name":
        yield from _half_name_clues(tokens, name, index)


def _initial_holders(tokens: list[str], index: RosterIndex) -> frozenset[int]:
    if len(tokens) < 2:
        return frozenset()
    first, last = tokens[0], tokens[-1]
    if len(last) == 1 and len(first) > 1:
        fitting = index.by_given.get(first, ())
        return frozenset(who for who in fitting if index.names[who].fits_surname_initial(last))
    if len(first) == 1 and len(last) > 1:
        fitting = index.by_surname.get(last, ())
        return frozenset(who for who in fitting if index.names[who].fits_given_initial(first))
    return frozenset()


def _initial_clues(
    initials: frozenset[int], name: WrittenName, kind: str, index: RosterIndex
) -> Iterator[Clue]:
    is_author = kind == "name"
    fact = Fact.UNIQUE_INITIAL if is_author and len(initials) == 1 else Fact.FIRST_NAME
    bits = (weights.INITIAL if is_author else weights.SIGNED_INITIAL) - 2 * math.log2(len(initials))
    for who in sorted(initials):
        says = f"Name and initial fit {full_name(index.enrollees[who])}" + _shared_by(initials)
        yield _named(who, fact, f"{kind}-initial", kind, name, bits, says, index)


def _first_name_clues(name: WrittenName, kind: str, bits: float, index: RosterIndex) -> Iterator[Clue]:
    first = name.tokens[0]
    holders = index.by_given.get(first, {})
    alone = len(holders) == 1
    fact = Fact.UNIQUE_FIRST_NAME if alone else Fact.FIRST_NAME
    for who in holders:
        says = f"{_VERBS[kind]} {first.capitalize()}" + (
            ", the only one in the course" if alone else _shared_by(holders)
        )
        yield _named(
            who,
            fact,
            "first-name" if kind == "name" else kind,
            kind,
            name,
            _shared(bits, holders),
            says,
            index,
        )


def _login_clues(word: str, name: WrittenName, kind: str, index: RosterIndex) -> Iterator[Clue]:
    """One word that is no given name: a surname, or a login made of a name ("adoe", "ann22")."""
    bare = split_handle(word, index.course_codes)
    tables: tuple[tuple[Collection[int], str, float, str], ...] = (
        (index.by_surname.get(word, ()), "surname", weights.SURNAME, "Surname fits"),
        (
            index.by_built.get(bare, ()),
            "built-handle",
            weights.BUILT_HANDLE,
            "Login could be made of the name of",
        ),
        (index.by_given.get(bare, ()), "first-name", weights.FIRST_NAME - 1, "Login holds the given name of"),
    )
    for holders, what, bits, verb in tables:
        for who in sorted(holders):
            says = f"{verb} {full_name(index.enrollees[who])}" + _shared_by(holders)
            yield _named(who, Fact.HINT, what, kind, name, _shared(bits, holders), says, index)


def _half_name_clues(tokens: list[str], name: WrittenName, index: RosterIndex) -> Iterator[Clue]:
    """Given name right and surname unknown (married since?), or the other way round: proposes only."""
    for holders, fits, fails in (
        (index.by_given.get(tokens[0], {}), "Given name", "surname"),
        (index.by_surname.get(tokens[-1], {}), "Surname", "given name"),
    ):
        bits = _shared(weights.HALF_NAME, holders)
        for who in holders:
            says = f"{fits} fits {full_name(index.enrollees[who])}, the {fails} does not"
            yield _named(who, Fact.HINT, "half-name", "name", name, bits, says, index)


_VERBS = {"name": "Author name is", "introduction": "Introduces themselves as", "signature": "Signed"}


def _named(
    who: int, fact: Fact, what: str, kind: str, name: WrittenName, bits: float, says: str, index: RosterIndex
) -> Clue:
    where = "author" if kind == "name" else "text"
    known = full_name(index.enrollees[who])
    return speak(
        who, Group.NAME, fact, kind=what, where=where, bits=bits, says=says, seen=name.shown, known=known
    )


def _shared(bits: float, holders: Collection[int]) -> float:
    return bits - math.log2(len(holders)) if holders else bits


def _shared_by(holders: Collection[int]) -> str:
    return "" if len(holders) == 1 else f", which fits {len(holders)} students"

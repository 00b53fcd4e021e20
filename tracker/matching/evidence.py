"""One entry x the roster -> what speaks for each student: links, accounts and names, each with weight and reason.

What speaks against a student is found in `doubts`; what it all comes to is decided in `decide`.
Weights are bits, log2(m/u), estimated on labelled comments of an invented course.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from tracker.domain.linkage import Evidence
from tracker.domain.roster import BlogProfile, HandleKind, HandleOrigin, HandleState
from tracker.matching.candidates import Holder, RosterIndex
from tracker.matching.clues import Clue, Fact, Group, first_name, full_name, genitive
from tracker.matching.names import WrittenName, full_name_candidates, split_handle
from tracker.matching.reading import Reading, TextLink
from tracker.text.addresses import is_mistyped

AVATAR_BITS = 15.0
AUTHOR_LINK_BITS = 15.0
ACCOUNT_BITS = 14.5
TAIL_BITS = 14.5
PROVISIONAL_BITS = 8.0
FORMER_LINK_BITS = 9.0
OWN_LINK_BITS = 9.5
LONE_LINK_BITS = 4.0
PLAIN_LINK_BITS = 1.0
NEAR_LINK_BITS = 6.0
HANDLE_BITS = 10.0
TWITTER_BITS = 9.0
FULL_NAME_BITS = (9.5, 11.5)
INITIAL_BITS = 9.0
FIRST_NAME_BITS = 4.5
SURNAME_BITS = 3.5
BUILT_HANDLE_BITS = 5.5
INTRODUCED_FIRST_BITS = 3.5
ALLOCATED_BITS = 3.5
OTHER_TIME_BITS = 1.0
NOT_ALLOCATED_BITS = -1.5
COURSE_BITS = 4.5
FEWEST_FOR_FREQUENCY = 100


def find_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> list[Clue]:
    """Everything in an entry that speaks for particular students. What holds for whole groups
    (the blog was allocated, the course is named) is added by `context_clues` once somebody is proposed."""
    return [
        *_link_clues(reading, index),
        *_account_clues(reading, blog, index),
        *_author_name_clues(reading.author, blog, index, reading),
        *_said_name_clues(reading, index),
        *_twitter_clues(reading, index),
    ]


def context_clues(reading: Reading, blog: BlogProfile, index: RosterIndex, who: int) -> Iterator[Clue]:
    """What the circumstances say of one proposed student: the blog allocated to them, the course named."""
    name = first_name(index.enrollees[who])
    state = index.allocation_of(blog.blog_id, who, reading.at)
    if state:
        says = f"{name} was assigned this blog at the time"
        yield _clue(who, Group.CONTEXT, Fact.ALLOCATED, "allocated", "", says, "blog", ALLOCATED_BITS, says)
    elif state is None:
        says = f"{name} was assigned this blog, but for another time"
        yield _clue(who, Group.CONTEXT, Fact.HINT, "allocated", "", says, "blog", OTHER_TIME_BITS, says)
    elif index.allocated:
        says = f"Against: {name} was not assigned this blog"
        yield _clue(who, Group.CONTEXT, Fact.DOUBT, "not-allocated", "", "", "blog", NOT_ALLOCATED_BITS, says)
    seen = course_words_in(reading, index)
    if seen:
        says = f"Names the course (“{seen}”)"
        yield _clue(
            who, Group.CONTEXT, Fact.COURSE_NAMED, "course", seen, "course words", "text", COURSE_BITS, says
        )


def course_words_in(reading: Reading, index: RosterIndex) -> str:
    """The first words in a comment that name the course, its instructor or its blog; "" for none."""
    found = index.course_words.search(reading.whole_text) if index.course_words else None
    if found:
        return found.group()
    if index.course_blog_key:
        for link in (TextLink(reading.author_link, reading.author_key), *reading.links):
            if link.key == index.course_blog_key:
                return link.url
    return next(
        (shown for shown in index.staff_shown if shown.casefold() in reading.whole_text.casefold()), ""
    )


def _link_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    if reading.author_key and reading.author_key not in (index.course_blog_key, ""):
        link = TextLink(reading.author_link, reading.author_key, is_own=True)
        yield from _proof_link(link, "author-link", "Author link", AUTHOR_LINK_BITS, reading, index)
    for tail in reading.tails:
        if tail.key != index.course_blog_key:
            yield from _proof_link(tail, "tail", "Link to a last blog post", TAIL_BITS, reading, index)
    for link in reading.links:
        if link.key != index.course_blog_key:
            yield from _text_link(link, reading, index)


def _proof_link(
    link: TextLink, where: str, subject: str, bits: float, reading: Reading, index: RosterIndex
) -> Iterator[Clue]:
    holders = index.holders(HandleKind.BLOG, link.key, reading.at)
    ever = index.ever_held(HandleKind.BLOG, link.key)
    contested = len({holder.enrollment_id for holder in holders}) > 1 or _was_taken_over(holders, ever)
    for holder in holders or ever:
        owner = index.enrollees[holder.enrollment_id]
        if index.is_denied(HandleKind.BLOG, link.key, holder.enrollment_id):
            continue
        says = f"{subject} goes to {genitive(owner)} class blog" + _how_written(link.url)
        counted, fact = bits, Fact.PROOF_BY_LINK
        if not holders:
            counted, fact = FORMER_LINK_BITS, Fact.HINT
            says = f"{subject} goes to an address that was {genitive(owner)} at another time"
        elif contested:
            counted, fact = FORMER_LINK_BITS, Fact.HINT
            says += ", an address more than one student has held"
        elif holder.handle.state is HandleState.PROVISIONAL:
            counted, fact = PROVISIONAL_BITS, Fact.HINT
        yield _clue(
            holder.enrollment_id,
            Group.LINK,
            fact,
            where,
            link.url,
            holder.handle.shown or link.key,
            where,
            counted,
            says,
        )
    if not ever:
        yield from _near_link(link, where, subject, index)


def _text_link(link: TextLink, reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    ever = index.ever_held(HandleKind.BLOG, link.key)
    holders = index.holders(HandleKind.BLOG, link.key, reading.at) or ever
    for holder in holders:
        owner = index.enrollees[holder.enrollment_id]
        known = holder.handle.shown or link.key
        if link.is_own:
            fact, bits, says = Fact.OWN_LINK, OWN_LINK_BITS, f"Calls {genitive(owner)} class blog their own"
        elif link.is_others:
            continue
        else:
            fact, bits = Fact.HINT, LONE_LINK_BITS if link.stands_alone else PLAIN_LINK_BITS
            says = f"The text links {genitive(owner)} class blog"
        yield _clue(holder.enrollment_id, Group.LINK, fact, "text-link", link.url, known, "text", bits, says)
    if not ever and link.is_own:
        yield from _near_link(link, "text", "Link in the text", index)


def _near_link(link: TextLink, where: str, subject: str, index: RosterIndex) -> Iterator[Clue]:
    near = index.near_blog(link.key)
    if len(near) != 1:
        return
    (who,) = near
    says = f"{subject} is almost the address of {genitive(index.enrollees[who])} class blog"
    yield _clue(who, Group.LINK, Fact.NEAR_LINK, "near-link", link.url, "", where, NEAR_LINK_BITS, says)


def _was_taken_over(holders: list[Holder], ever: list[Holder]) -> bool:
    """Whether somebody else held an address before its present holder did."""
    now = {holder.enrollment_id for holder in holders}
    starts = [holder.handle.valid_from for holder in holders if holder.handle.valid_from is not None]
    return bool(starts) and any(
        other.enrollment_id not in now
        and (other.handle.valid_from is None or other.handle.valid_from < max(starts))
        for other in ever
    )


def _how_written(url: str) -> str:
    return " (repaired from a slip of the pen)" if is_mistyped(url) else ""


def _account_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> Iterator[Clue]:
    if reading.avatar:
        holders = index.holders(HandleKind.AVATAR, reading.avatar, reading.at)
        yield from _proofs_by_account(
            holders, Group.AVATAR, "avatar", reading.avatar[:12], AVATAR_BITS, index
        )
    for key in reading.accounts:
        if not key.startswith("twitter:"):
            holders = index.holders(HandleKind.ACCOUNT, key, reading.at, blog.blog_id)
            yield from _proofs_by_account(holders, Group.ACCOUNT, "account", key, ACCOUNT_BITS, index)


def _proofs_by_account(
    holders: list[Holder], group: Group, kind: str, seen: str, bits: float, index: RosterIndex
) -> Iterator[Clue]:
    contested = len({holder.enrollment_id for holder in holders}) > 1
    for holder in holders:
        owner = index.enrollees[holder.enrollment_id]
        handle = holder.handle
        if index.is_denied(handle.kind, handle.key, holder.enrollment_id) or index.is_denied(
            handle.kind, handle.key, None
        ):
            continue
        what = "Picture belongs to an e-mail address" if kind == "avatar" else "Account is one"
        where_from = {
            HandleOrigin.ROSTER: "the roster gives for",
            HandleOrigin.DECISION: "confirmed earlier as being",
            HandleOrigin.CLASS_BLOG: "that writes the class blog of",
        }[handle.origin]
        name = first_name(owner) if handle.origin is not HandleOrigin.DECISION else genitive(owner)
        says = f"{what} {where_from} {name}"
        fact, counted = Fact.PROOF_BY_ACCOUNT, bits
        if contested:
            fact, counted, says = Fact.HINT, bits / 2, says + ", and another student’s too"
        elif handle.state is HandleState.PROVISIONAL:
            fact, counted = Fact.HINT, PROVISIONAL_BITS
        known = handle.shown or handle.key if kind != "avatar" else "e-mail address on the roster"
        yield _clue(holder.enrollment_id, group, fact, kind, seen, known, kind, counted, says)


def _twitter_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    for name in dict.fromkeys(reading.twitter):
        for holder in index.holders(HandleKind.TWITTER, name, reading.at):
            says = f"Twitter name is {genitive(index.enrollees[holder.enrollment_id])}"
            yield _clue(
                holder.enrollment_id, Group.NAME, Fact.REGISTERED_HANDLE, "twitter", name, holder.handle.key, "author",
                TWITTER_BITS, says,
            )  # fmt: skip


def _author_name_clues(
    author: WrittenName, blog: BlogProfile, index: RosterIndex, reading: Reading
) -> Iterator[Clue]:
    if author.says_nothing or not author.tokens:
        return
    squeezed = author.key.replace(" ", "")
    for kind, bits in ((HandleKind.NAME, HANDLE_BITS), (HandleKind.TWITTER, TWITTER_BITS)):
        holders = index.holders(kind, squeezed, reading.at, blog.blog_id)
        for holder in holders:
            if index.is_denied(kind, holder.handle.key, holder.enrollment_id):
                continue
            says = f"Writes under a name {first_name(index.enrollees[holder.enrollment_id])} is known by"
            fact = Fact.REGISTERED_HANDLE if len(holders) == 1 else Fact.HINT
            shown = holder.handle.shown or holder.handle.key
            yield _clue(
                holder.enrollment_id, Group.NAME, fact, "handle", author.shown, shown, "author", bits, says
            )
    full = find_full(author, index)
    if full:
        yield from _full_name_clues(author, full, "author", "Author name is", index)
        return
    yield from _part_name_clues(author, "author", index)


def _said_name_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """Names a writer gives in the text: introducing themselves, or signing below."""
    for name in reading.introduced:
        yield from _said(name, "introduction", "text", "Introduces themselves as", index)
    if reading.signed is not None and not reading.signed.says_nothing:
        yield from _said(reading.signed, "signature", "text", "Signed as", index)


def _said(name: WrittenName, kind: str, where: str, verb: str, index: RosterIndex) -> Iterator[Clue]:
    full = find_full_start(name, index) if kind == "introduction" else find_full(name, index)
    if full:
        yield from _full_name_clues(name, full, where, verb, index, kind=kind)
        return
    if len(name.tokens) == 2 and len(name.tokens[1]) == 1:
        yield from _part_name_clues(name, where, index, kind=kind)
        return
    if kind == "signature" and len(name.tokens) > 1:
        return
    first = name.tokens[0] if name.tokens else ""
    holders = index.by_given.get(first, {})
    for who in holders:
        bits = INTRODUCED_FIRST_BITS - math.log2(len(holders))
        fact = Fact.UNIQUE_FIRST_NAME if len(holders) == 1 else Fact.FIRST_NAME
        says = f"{verb} {name.tokens[0].capitalize()}" + _how_many(len(holders), first)
        yield _clue(
            who, Group.NAME, fact, kind, name.shown, first_name(index.enrollees[who]), where, bits, says
        )


def find_full(name: WrittenName, index: RosterIndex) -> dict[int, float]:
    """The students whose full name this is -> bits lost by how it is written."""
    for squeezed in full_name_candidates(name):
        if squeezed in index.by_full:
            return index.by_full[squeezed]
    if len(name.tokens) == 1:
        bare = split_handle(name.squeezed, index.course_codes)
        if len(bare) > 5 and bare in index.by_full:
            return {who: cost + 1.0 for who, cost in index.by_full[bare].items()}
    return {}


def find_full_start(name: WrittenName, index: RosterIndex) -> dict[int, float]:
    """As `find_full` for words that may run on behind the name ("Jane Doe and I")."""
    for length in range(min(4, len(name.tokens)), 1, -1):
        tokens = name.tokens[:length]
        for squeezed in ("".join(tokens), tokens[0] + tokens[-1]):
            if squeezed in index.by_full and len(tokens[-1]) > 1:
                return index.by_full[squeezed]
    return {}


def _full_name_clues(
    name: WrittenName,
    full: dict[int, float],
    where: str,
    verb: str,
    index: RosterIndex,
    *,
    kind: str = "name",
) -> Iterator[Clue]:
    unique = len(full) == 1
    for who, cost in full.items():
        owner = index.enrollees[who]
        says = f"{verb} {full_name(owner)}" + ("" if unique else f", a name {len(full)} students answer to")
        fact = Fact.UNIQUE_FULL_NAME if unique else Fact.FULL_NAME
        bits = full_name_bits(index, who) - cost
        yield _clue(who, Group.NAME, fact, kind, name.shown, full_name(owner), where, bits, says)


def full_name_bits(index: RosterIndex, who: int) -> float:
    """What a full name is worth: rarer names more, by how often given name and surname occur on the roster."""
    forms = index.names[who]
    people = max(len(index.enrollees), FEWEST_FOR_FREQUENCY)
    given = max((len(index.by_given[form]) for form, cost in forms.given.items() if not cost), default=1)
    surname = max(
        (len(index.by_surname[form]) for form, cost in forms.surname.items() if not cost), default=1
    )
    bits = math.log2(people / given) + math.log2(people / surname) - 3
    return min(max(bits, FULL_NAME_BITS[0]), FULL_NAME_BITS[1])


def _part_name_clues(
    name: WrittenName, where: str, index: RosterIndex, *, kind: str = "name"
) -> Iterator[Clue]:
    """A name that is not whole: given name with initial, given name or surname alone, a login made of it."""
    tokens = [token for token in name.tokens if not token.isdigit()]
    if not tokens or name.titled:
        return
    initials = _initial_holders(tokens, index)
    if initials:
        for who in initials:
            says = f"Name and initial fit {full_name(index.enrollees[who])}" + _how_many(len(initials), "")
            fact = Fact.UNIQUE_INITIAL if len(initials) == 1 else Fact.FIRST_NAME
            bits = INITIAL_BITS - 2 * math.log2(len(initials))
            yield _clue(
                who,
                Group.NAME,
                fact,
                f"{kind}-initial",
                name.shown,
                full_name(index.enrollees[who]),
                where,
                bits,
                says,
            )
        return
    if len(tokens) == 1:
        yield from _one_word_clues(tokens[0], name, where, index)
    elif kind == "name":
        yield from _half_name_clues(tokens, name, where, index)


def _initial_holders(tokens: list[str], index: RosterIndex) -> set[int]:
    if len(tokens) < 2:
        return set()
    first, last = tokens[0], tokens[-1]
    if len(last) == 1 and len(first) > 1:
        return {who for who in index.by_given.get(first, ()) if index.names[who].fits_surname_initial(last)}
    if len(first) == 1 and len(last) > 1:
        return {
            who
            for who in index.by_surname.get(last, ())
            if any(form.startswith(first) for form, cost in index.names[who].given.items() if cost < 1)
        }
    return set()


def _one_word_clues(word: str, name: WrittenName, where: str, index: RosterIndex) -> Iterator[Clue]:
    bare = split_handle(word, index.course_codes)
    given = index.by_given.get(word, {})
    for who in given:
        says = f"Given name fits {first_name(index.enrollees[who])}" + _how_many(len(given), word)
        fact = Fact.UNIQUE_FIRST_NAME if len(given) == 1 else Fact.FIRST_NAME
        bits = FIRST_NAME_BITS - math.log2(len(given))
        yield _clue(
            who,
            Group.NAME,
            fact,
            "first-name",
            name.shown,
            first_name(index.enrollees[who]),
            where,
            bits,
            says,
        )
    for table, kind, bits, text in (
        ({} if given else index.by_surname.get(word, {}), "surname", SURNAME_BITS, "Surname fits"),
        ({} if given else index.by_built.get(bare, ()), "built-handle", BUILT_HANDLE_BITS, "Login could be made of the name of"),
        ({} if given or bare == word else index.by_given.get(bare, {}), "first-name", FIRST_NAME_BITS - 1, "Login holds the given name of"),
    ):  # fmt: skip
        for who in table:
            says = f"{text} {full_name(index.enrollees[who])}" + _how_many(len(table), "")
            counted = bits - math.log2(len(table))
            yield _clue(
                who,
                Group.NAME,
                Fact.HINT,
                kind,
                name.shown,
                full_name(index.enrollees[who]),
                where,
                counted,
                says,
            )


def _half_name_clues(tokens: list[str], name: WrittenName, where: str, index: RosterIndex) -> Iterator[Clue]:
    """Given name right and surname unknown (married since?), or the other way round: proposes only."""
    given, surname = index.by_given.get(tokens[0], {}), index.by_surname.get(tokens[-1], {})
    for who in given:
        says = f"Given name fits {full_name(index.enrollees[who])}, the surname does not" + _how_many(
            len(given), ""
        )
        yield _clue(who, Group.NAME, Fact.HINT, "half-name", name.shown, full_name(index.enrollees[who]), where,
                    2.0 - math.log2(len(given)), says)  # fmt: skip
    for who in surname:
        says = f"Surname fits {full_name(index.enrollees[who])}, the given name does not" + _how_many(
            len(surname), ""
        )
        yield _clue(who, Group.NAME, Fact.HINT, "half-name", name.shown, full_name(index.enrollees[who]), where,
                    2.0 - math.log2(len(surname)), says)  # fmt: skip


def _how_many(count: int, word: str) -> str:
    if count == 1:
        return ", the only one in the course" if word else ""
    return f", as it does {count} students"


def _clue(
    who: int, group: Group, fact: Fact, kind: str, seen: str, known: str, where: str, bits: float, says: str
) -> Clue:
    return Clue(who, group, fact, Evidence(kind, seen, known, where, round(bits, 2), says))


def proposed(clues: Iterable[Clue]) -> tuple[int, ...]:
    """The students somebody's evidence points at, in a stable order."""
    return tuple(sorted({clue.enrollment_id for clue in clues}))

"""What a name does where it stands in a text, told by place and grammar rather than by phrases.

At the end or on a line of its own a name signs, whatever the closing before it; beside "I" or the course
it introduces; behind a greeting or at the head of a letter it is spoken to; as the subject or object of a
sentence, or a possessor, it is spoken of; beside an address it is a label. A name that does none of these
is unclear: nobody is credited for it, and whoever else seems to write is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tracker.matching.closings import CONNECTS, OPENS_WITH_MARK, find_closings, signs_in
from tracker.matching.mentions import NameHit, NamePart, is_set_off
from tracker.matching.name_in_sentence import (
    BRACKET,
    FARTHEST,
    GREETED,
    GUESSES,
    JOINING,
    POINTING,
    PRONOUN,
    WHO,
    NameInSentence,
)
from tracker.matching.scene import OF_OTHERS, Mention, Role, Scene
from tracker.matching.spoken_of import is_addressed, is_spoken_of, relays
from tracker.matching.word_tables import any_of, read_tables
from tracker.text.passages import Stretch

WORDS_BEHIND_NAME = 3
LONGEST_MARKS = 6
"""Characters of marks and blanks between a quotation and a name."""
_TABLES = read_tables("roles")
_NAMING = re.compile(rf"(?:{any_of(_TABLES['naming'])}|\bI\b\s*[,(])[\s,:;=?\"'(“‘–—-]*$", re.IGNORECASE)
_ASCRIBING_ONLY = re.compile(r"\b(?:for|as|via|per)\s*[\"'“‘]?$", re.IGNORECASE)
_SPEAKING = re.compile(
    rf"^[\s,(–—-]*(?:(?:over|right|up) )?{any_of([*_TABLES['here'], *_TABLES['speaking']])}", re.IGNORECASE
)
_IS_MY_NAME = re.compile(
    r"^\s+(?:is|was) (?:my (?:\w+ )?name|me\b|who (?:I|is)\b"
    r"|(?:what|how) (?:\w+ ){1,3}(?:calls?|knows?|named?) me)",
    re.IGNORECASE,
)
WORDS_BEFORE_GIVEN = 3
_LABEL = re.compile(r"^\W*(?:[^\W\d_]+\s){0,2}[^\W\d_]+\s?[:=]\s*$")
_POSSESSIVE = re.compile(r"^\s?['’´`]s\b|^['’](?:\s|$)")
_IS_WHOSE = re.compile(r"^\s?['’´`]s?\s*(?:[.!?,;)]|$)")
_OTHER_THAN = re.compile(r"\b(?:not|nicht|pas|não|instead of|rather than|taken over from)\s+$", re.IGNORECASE)
_BELONGINGS = re.compile(rf"['’´`]?s (?:\w+ )?{any_of(_TABLES['belongings'])}", re.IGNORECASE)
_OF_MY_CLASS = re.compile(r"^\s+(?:from|in|of) (?:my|our)\b", re.IGNORECASE)
_ENDS_HERE = re.compile(r"^\s+here\s*[,.!:;–—-]", re.IGNORECASE)
_HERE_BEYOND = re.compile(r"[\s,)\]]*here\b", re.IGNORECASE)
_HERE = re.compile(any_of(_TABLES["here"]), re.IGNORECASE)
_GOES_ON = re.compile(
    rf"\s+(?!{any_of([*_TABLES['joining'], *_TABLES['fillers']])}"
    r"|(?:to|and|but|again|just|also|too|as|i|[a-z]+ing)\b)[a-z]+\b"
)
"""What may be a verb: "Jane here makes a good point" is a sentence about her."""
_OPEN_QUOTE = re.compile(r"[\"“‘«„]\s*$")
_QUOTED_BEHIND = re.compile(r"(?:\s*:\s*|\)\s+)(?=\w+\W+\w+)")
_POINTS_AT = re.compile(r"\.?\s*\((?:above|below|earlier|before|previous|prior)\b[^()\n]{0,20}\)\s*:")
"""Whose comment is quoted: "Jane Doe (above):"."""
_ATTRIBUTES = re.compile(r"[\"”»]\s*[(\[]\s*$")
_NEXT_SENTENCE = re.compile(r"\s*(?:[A-Z]|\n|$)")


def read_roles(scene: Scene) -> tuple[Mention, ...]:
    """What each name of a text does, in reading order."""
    closings = find_closings(scene) if scene.hits else ()
    found: list[Mention] = []
    for hit in scene.hits:
        partner = found[-1] if found and _is_coupled(scene, found[-1].hit, hit) else None
        role = _role_of(scene, hit, closings, partner)
        if partner is not None and (
            role is Role.SIGNS or (role in OF_OTHERS and partner.role is Role.UNCLEAR)
        ):
            found[-1] = replace(partner, role=role)
        found.append(Mention(hit, role, " ".join(scene.text[hit.start : hit.end].split())))
    return tuple(found)


def _role_of(scene: Scene, hit: NameHit, closings: Sequence[Stretch], partner: Mention | None) -> Role:
    if scene.passages.link_at(hit.start) is not None:
        return Role.LABELS
    if _is_quoted(scene, hit):
        return Role.QUOTED
    place = NameInSentence(scene, hit, partner)
    rest = place.rest_of_line
    if _OTHER_THAN.search(place.before) or _BELONGINGS.match(rest):
        return Role.DENIED
    is_possessive = hit.possessive or _POSSESSIVE.match(BRACKET.sub("", rest)) is not None
    if not is_possessive and _signs(scene, hit, closings, partner):
        return Role.SIGNS
    if is_possessive and not (place.is_about_the_form and _IS_WHOSE.match(rest)):
        return Role.MENTIONED
    is_weak = hit.part is NamePart.SURNAME or (hit.part is NamePart.GIVEN and hit.is_word)
    by_default = Role.MENTIONED if is_weak else Role.UNCLEAR
    return next((role for applies, role in _RULES if applies(place)), by_default)


def _signs(scene: Scene, hit: NameHit, closings: Sequence[Stretch], partner: Mention | None) -> bool:
    text = scene.text
    if is_set_off(text, hit.start) and (_NEXT_SENTENCE.match(text, hit.end) or text[hit.start].islower()):
        return True
    for closing in closings:
        with_partner = partner is not None and partner.hit.start >= closing.start
        signs = True if with_partner and partner is not None and partner.role is Role.SIGNS else None
        if closing.holds(hit.start) and signs_in(scene, hit, closing, signs):
            return True
    return False


def _is_coupled(scene: Scene, first: NameHit, second: NameHit) -> bool:
    return CONNECTS.match(scene.text[first.end : second.start]) is not None


def _is_quoted(scene: Scene, hit: NameHit) -> bool:
    """Whether a name stands in a quotation, or says whose a quotation is: "…" (Jane Doe), "Jane Doe: …"."""
    before = scene.text[max(0, hit.start - LONGEST_MARKS) : hit.start]
    if relays(scene, hit):
        return False
    if scene.passages.is_quoted(hit.start) or _OPEN_QUOTE.search(before):
        return True
    if _POINTS_AT.match(scene.text, hit.end):
        return True
    line = scene.passages.line_at(hit.start)
    lead = scene.text[max(line.start, hit.start - FARTHEST) : hit.start]
    rest = scene.text[hit.end : min(line.end, hit.end + FARTHEST)]
    if hit.part is NamePart.FULL and lead.strip() in {"", "("} and _QUOTED_BEHIND.match(rest):
        return True
    return _ATTRIBUTES.search(before) is not None and rest.lstrip().startswith((")", "]"))


def _names_themselves(place: NameInSentence) -> bool:
    """ "I am Jane", "Jane is my name"; an everyday word behind "I am" goes on as a sentence."""
    if place.hit.is_word and place.goes_on:
        return False
    line = place.scene.passages.line_at(place.hit.start)
    start = max(line.start, place.hit.start - FARTHEST)
    before = place.scene.text[start : place.hit.start]  # beyond the sentence: "My name? Jane."
    return bool(_NAMING.search(before) or _IS_MY_NAME.match(place.after))


def _speaks_here(place: NameInSentence) -> bool:
    """ "Jane here", "Jane from EDT 320 here", "this is Jane writing": with nothing that she completes."""
    before = place.before
    is_free = not place.word_before or GREETED.search(before) or POINTING.search(before)
    if not is_free and (PRONOUN.search(before) or not _ENDS_HERE.match(place.after)):
        return False
    speaking, beyond = _SPEAKING.match(place.after), _HERE_BEYOND.match(place.beyond_course)
    if speaking is not None:
        return _HERE.search(speaking.group()) is None or _GOES_ON.match(place.after, speaking.end()) is None
    return beyond is not None and _GOES_ON.match(place.beyond_course, beyond.end()) is None


def _is_pointed_at(place: NameInSentence) -> bool:
    """ "This is Jane", but not "I think it was Jane"."""
    if place.goes_on or WHO.match(place.after) or GUESSES.search(place.before):
        return False
    if _OF_MY_CLASS.match(place.after):
        return False  # "It was Jane from my class who told me"
    return POINTING.search(place.before) is not None


def _introduces(place: NameInSentence) -> bool:
    """A whole name beside the course, as "Name: Jane Doe", or first in the text; a given name at the head
    of a text with the course next to it."""
    if not place.is_whole:
        ahead = place.scene.count_words(Stretch(place.sentence.start, place.hit.start))
        may_head = (place.is_head or not ahead) and ahead <= WORDS_BEFORE_GIVEN
        return may_head and not place.hit.is_word and place.has_course_next
    if not _ends_name(place) or _ASCRIBING_ONLY.search(place.before):
        return False
    before, after = place.before, place.after
    if place.in_course:
        return not re.search(r"\byou\w*\b", after[:40], re.IGNORECASE)
    if _LABEL.match(before) and not any(map(str.isalnum, after)):
        return True
    return (
        place.is_head
        and not place.scene.text[place.hit.start].islower()
        and not any(map(str.isalnum, before))
        and not after.lstrip().startswith(":")
        and place.scene.count_words(Stretch(place.hit.end, place.sentence.end)) <= WORDS_BEHIND_NAME
    )


def _ends_name(place: NameInSentence) -> bool:
    """Whether a sentence stops behind a name or goes on with a mark, a place or the course; not with a
    verb, which would make it a sentence about somebody."""
    after = place.after
    if not any(map(str.isalnum, after)) or OPENS_WITH_MARK.match(after) or JOINING.match(after):
        return True
    return any(
        not any(map(str.isalnum, place.scene.text[place.hit.end : one.start]))
        for one in place.scene.course
        if one.start >= place.hit.end
    )


_RULES: Sequence[tuple[Callable[[NameInSentence], bool], Role]] = (
    (_names_themselves, Role.INTRODUCES),
    (_speaks_here, Role.INTRODUCES),
    (_is_pointed_at, Role.INTRODUCES),
    (is_addressed, Role.ADDRESSED),
    (is_spoken_of, Role.MENTIONED),
    (_introduces, Role.INTRODUCES),
)
"""The first rule that applies tells; a name that none applies to is unclear."""

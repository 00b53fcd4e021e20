"""Names by which a writer speaks to somebody or of somebody: greetings, letters, sentences about others.

Tested in tests/matching/test_roles.py.
"""

from __future__ import annotations

import re

from tracker.matching.closings import SPEAKS_TO
from tracker.matching.mentions import NameHit
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
from tracker.matching.scene import OF_OTHERS, Scene
from tracker.matching.word_tables import any_of, compile_any, read_tables
from tracker.text.passages import Stretch

WORDS_OF_ADDRESS = 4
FARTHEST_YOU = 40
"""Characters behind a name in which "you" shows that it is spoken to."""
WORDS_IN_FRAGMENT = 2
WORDS_IN_SENTENCE = 3
_CONJUNCTIONS = frozenset({"but", "because", "if", "whether", "although", "since"})
_TABLES = read_tables("roles")
_COPULA = re.compile(rf"{any_of(_TABLES['copulas'])}\s*[\"'“‘]?$", re.IGNORECASE)
_ASCRIBING = re.compile(rf"{any_of(_TABLES['ascribing'])}\s*[:,]?\s*[\"'“‘]?$", re.IGNORECASE)
_ADVERB = compile_any(_TABLES["adverbs"])
_SAYS_OF_ANOTHER = re.compile(
    r"\b(?:I|we|you|he|she|they|who|somebody|someone|same|fellow|classmate|friend)\b"
    r"|\b(?:an?|the|your|my|our|another|some|that|what|every) (?:\w+ ){0,2}" + any_of(_TABLES["things said"]),
    re.IGNORECASE,
)
_AS_ITSELF = re.compile(
    r"\b(?:me|myself|known|sign\w*|log\w* in|post\w*|comment\w*|writ\w*) (?:this )?as\s*[\"'“‘]?$"
    r"|\b(?:I['’]?m|am|was|me|follower|visitor)\b[^,.;]*\b(?:called|named|the name of)\s*[\"'“‘]?$",
    re.IGNORECASE,
)
_CALLS_SELF = re.compile(
    r"(?<!my )(?<!our )(?<!other )(?<!fellow )(?<!same )"
    rf"{any_of([*_TABLES['selves'], 'to be', 'the name of'])}\s+$",
    re.IGNORECASE,
)
_DESCRIBES_SELF = re.compile(
    r"^\W*(?:I am|I['’]?m|this is|it['’]?s)\b[^.;]*,\s*(?:\w+\s+){0,3}$", re.IGNORECASE
)
""" "I'm his other half, his wife Jane". """
_AND_I = re.compile(r"^\s*(?:and|&|\+|y|et|und|e)\s+(?:I|me|i|yo|moi|ich|io)\b")
_AND_MORE = re.compile(r"^\s*(?:and|&|or|y|et|und|e)\s+[a-z]")
_AND_ME = re.compile(r"(?<!\S)(?:and|&) (?:me\b|myself\b|I(?=[.,!?]))")
_IN_BRACKETS = re.compile(r"[a-z]\s*[(\[]\s*$")
_RELATION = re.compile(
    r"\b(?:an?|my|our|another|one of (?:my|our)|the other) (?:\w+ ){0,2}"
    r"(?:(?:class|group|team|room)?mate|friend|partner|leader|member|girl|guy|boy)\b[^.;:]*,\s*$",
    re.IGNORECASE,
)
_THEN_VERB = re.compile(r"^\s*,\s+(?!(?:from|in|of|at|a|an|and|the|who|[a-z]+ing)\b)[a-z]+\b")
_FIRST_PERSON = re.compile(r"\b(?:me|my|us|our|we|I)\b")
_VERB = re.compile(r"\s+(?!here\b|again\b|[a-z]+ing\b)[a-z]+\b")
_LABEL_OF_ANOTHER = re.compile(r"(?<!\bto)(?<!\bcc)(?<!\battn)\s?[:=]\s*$", re.IGNORECASE)
_THIRD_PERSON = re.compile(r"\b(?:me|us|he|she|him|her|his)\b", re.IGNORECASE)
_THANKED = re.compile(r"(?:^|\n)\W*(?:thanks|thank you|thx|ty)(?: \w+){0,2}\s+$", re.IGNORECASE)
"""Words that may close a letter as well as thank somebody."""
_RELAYS = re.compile(r"^\s+(?:says|said|writes|wrote|adds|thinks)\s*:\s*[^\s\"“‘'«„]")
"""What follows may be all that the named one wants to say here, through another."""
_YOU_BEYOND = re.compile(r"\s*[)\]]?\s*(?::|[,;–—-]+\s*(?:\w+\s+){0,2}?you\b)", re.IGNORECASE)
_I_OR_YOU = re.compile(r"\b(?:I|me|my|we|us|our|you|your|you['’]\w+)\b", re.IGNORECASE)
_I_TO_YOU = re.compile(r"\b(?:I|we)\b.*\byou\w*\b", re.IGNORECASE)
_APPOSITION = re.compile(
    r"^\s*[,(–—-]\s*(?:my|our|another|one of|(?:a|the) (?:\w+ )?(?:friend|classmate)\b)"
    r"|^\s+(?:from|in|of) (?:my|our)\b",
    re.IGNORECASE,
)
_PRESENTS = re.compile(r"^\s*,\s*(?:an?|the|your)\b", re.IGNORECASE)
_YES = re.compile(
    r"(?:yes|no|yeah|yep|nope|right|true|exactly|agreed|sorry|please|so|and|but)", re.IGNORECASE
)
_YOU = re.compile(r"\byour?\b", re.IGNORECASE)
_TO = re.compile(r"^\W*(?:\w+ )?(?:to|for|re|cc)\W*$", re.IGNORECASE)


def is_addressed(place: NameInSentence) -> bool:
    """Behind a greeting, or at the head of a letter, or before words to "you"."""
    before, after = place.before, place.after
    is_greeted = GREETED.search(before) is not None and not (place.ends_text and _THANKED.search(before))
    is_called = before.rstrip().endswith("@") or (SPEAKS_TO.match(after) and not place.word_before)
    if is_called or _YOU_BEYOND.match(place.beyond_course):
        return True
    if not place.is_whole and _I_TO_YOU.search(after):
        return True
    if place.has_course_next:
        return (
            is_greeted
            and not before.rstrip().endswith(",")
            and after.lstrip()[:1] in {",", "!", "–", "—", "-"}
        )
    return is_greeted or (not place.is_about_the_form and (_heads_letter(place) or _is_called_upon(place)))


def _is_called_upon(place: NameInSentence) -> bool:
    """ "Jane: I agree", "Jane, what you say is true", "I agree with you, Jane"."""
    before, after = place.before, place.after
    mark = after.strip()[:1]
    if not any(map(str.isalnum, before)) or _TO.search(before):
        follows = after if mark == "," else place.scene.text[place.hit.end : place.hit.end + FARTHEST_YOU]
        is_letter = mark == "," and not any(map(str.isalnum, place.rest_of_line))
        speaks = mark in {",", "!", "…", "."} and not place.in_course and _PRESENTS.match(after) is None
        is_spoken_to = speaks and not place.word_behind and _I_OR_YOU.search(follows) is not None
        return not place.ends_text and (mark in {":", ">"} or is_letter or is_spoken_to)
    # "I'm a student of EDT 320, Jane", "until your next post, Jane" at the end
    if place.in_course or place.ends_text or _DESCRIBES_SELF.match(before):
        return False
    if _YES.fullmatch(before.strip()) and mark in {",", "!", "."}:
        return True
    is_between = before.rstrip().endswith(",") and mark == "," and _YOU.search(before) is not None
    return is_between or (before.rstrip().endswith(",") and not any(map(str.isalnum, after)))


def _heads_letter(place: NameInSentence) -> bool:
    """Whether a name with a mark behind it and at most a few words before it begins a text: "Wow, Jane!" """
    before = place.before
    if place.sentence.start > 0 or place.in_course or place.word_behind:
        return False
    if _CALLS_SELF.search(before) or _DESCRIBES_SELF.match(before):
        return False
    if place.is_whole and not any(map(str.isalnum, before)):
        return False
    if any(one.search(before) for one in (_COPULA, _ASCRIBING, PRONOUN, _ADVERB)) or _LABEL_OF_ANOTHER.search(
        before
    ):
        return False
    return place.scene.count_words(Stretch(0, place.hit.start)) <= WORDS_OF_ADDRESS


def is_spoken_of(place: NameInSentence) -> bool:
    """As subject, object or one of several people in a sentence that is not about who fills in the form."""
    if place.hit.is_word and (place.goes_on or (place.word_before and not _COPULA.search(place.before))):
        return True
    if place.partner is not None and place.partner.role in OF_OTHERS:
        return True
    return not place.is_about_the_form and (
        _is_one_of_several(place) or _is_subject(place) or _is_object(place)
    )


def relays(scene: Scene, hit: NameHit) -> bool:
    """ "Jane says: I loved it": what follows on the line may be all that she wants to say here, through
    whoever fills in the form."""
    line = scene.passages.line_at(hit.start)
    return _RELAYS.match(scene.text[hit.end : min(line.end, hit.end + FARTHEST)]) is not None


def _is_one_of_several(place: NameInSentence) -> bool:
    """ "Jane and I", "Jane, my classmate", "my partner (Jane) read it", "Jane and the others said it"."""
    before, rest = place.before, place.rest_of_line
    return (
        any(one.match(rest) is not None for one in (_AND_I, _APPOSITION, WHO))
        or _AND_MORE.match(BRACKET.sub("", rest)) is not None
        or _IN_BRACKETS.search(before) is not None
        or _is_apposition(place)
        or _AND_ME.search(place.after) is not None
    )


def _is_apposition(place: NameInSentence) -> bool:
    """ "A girl in my class, Jane, told me"."""
    if not place.before.rstrip().endswith(",") or _DESCRIBES_SELF.match(place.before):
        return False
    is_between = _THEN_VERB.match(place.after) and _FIRST_PERSON.search(place.before + place.after)
    return is_between is not None or _RELATION.search(place.before) is not None


def _is_subject(place: NameInSentence) -> bool:
    """A verb behind the name, or behind where she is from. One that ends in the course may be about the
    writer, who speaks of themselves by name."""
    if relays(place.scene, place.hit):
        return False
    if _COPULA.search(place.before):
        return place.goes_on and POINTING.search(place.before) is None
    if place.goes_on and not place.scene.names_course_in(Stretch(place.hit.end, place.sentence.end)):
        return True
    return (place.goes_on and _THIRD_PERSON.search(place.after) is not None) or (
        JOINING.match(place.after) is not None and _VERB.match(place.beyond_course) is not None
    )


def _is_object(place: NameInSentence) -> bool:
    before = place.before
    if _CALLS_SELF.search(before) or _DESCRIBES_SELF.match(before):
        return False
    if _ASCRIBING.search(before):
        return place.scene.has_link_in(place.sentence) or (
            _SAYS_OF_ANOTHER.search(before) is not None and _AS_ITSELF.search(before) is None
        )
    if _COPULA.search(before) or _is_fragment_at_end(place):
        return GUESSES.search(before) is not None
    in_sentence = place.scene.count_words(place.sentence) > WORDS_IN_SENTENCE
    if _ADVERB.fullmatch(place.word_before) or place.word_before.lower() in _CONJUNCTIONS:
        return False
    return place.word_before[:1].islower() or (bool(place.word_before) and in_sentence)


def _is_fragment_at_end(place: NameInSentence) -> bool:
    """Whether a word or two and the name are the last of a text, as somebody closes without any mark."""
    return place.ends_text and place.scene.count_words(place.sentence) <= WORDS_IN_FRAGMENT

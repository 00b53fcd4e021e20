"""What a name does where it stands in a text, told by place and grammar rather than by phrases.

A name alone on a line at the end signs, whatever the closing before it; a name beside "I", the course
or the head of the text introduces; behind a greeting it is spoken to; beside an address it is a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.matching.mentions import NameHit, NamePart, is_set_off
from tracker.matching.scene import Mention, Role, Scene
from tracker.text.passages import Stretch

CLOSING_LINES = 3
LINES_WITH_BARE_NAME = 4
WORDS_IN_CLOSING_LINE = 6
WORDS_IN_LAST_SENTENCE = 4
"""Beside names, the course and addresses."""
WORDS_BEFORE_COURSE = 5
WORDS_BEFORE_GIVEN = 3
WORDS_OF_BARE_CLOSING = 3
HEAD_SENTENCES = 2
WORDS_OF_CLOSING_BEFORE_ADDRESS = 4


_GREETED = re.compile(
    r"(?:^|[\s,.!(])(?:hi|hello|hey|hiya|dear|greetings|howdy|good (?:morning|afternoon|evening|day)"
    r"|welcome"
    r"|thanks?|thank you|thanx|thx|ty|hola|querid[oa]|estimad[oa]|gracias|bonjour|salut|merci|ch[eè]re?"
    r"|cher"
    r"|hallo|liebe[r]?|danke|ciao|grazie|ol[aá]|obrigad[oa]|hej|cze[sś][cć]|to|re|cc|congrats"
    r"|congratulations"
    r"|bravo|mr|mrs|ms|miss|dr|prof|professor)[\s.,!:]*$",
    re.IGNORECASE,
)
_SPEAKS_UP = re.compile(
    r"(?:\b(?:i am|i['’´]?m|im|i am called|i go by|name is|name['’]s|called|call me|this is|it['’]?s|it is"
    r"|soy|me llamo|nombre es|je suis|m['’]appelle|ich bin|ich hei(?:ß|ss)e|name ist|mi chiamo|sono|sou"
    r"|i(?=,)|this (?:\w+ ){0,2}(?:is|comes|was \w+) (?:from|by)|me chamo"
    r"|nome é|jag (?:är|heter)|jeg (?:er|hedder|heter)|ik ben|ik heet|nazywam się|jestem"
    r"|меня зовут)"
    r"|[(\[]\s*(?:i ?am|soy)?|\bme)[\s,:]*$",
    re.IGNORECASE,
)
"""Words of the first person right before a name; brackets and "me" do the same beside the course."""
_LABEL = re.compile(r"^\W*(?:[^\W\d_]+\s){0,2}[^\W\d_]+\s?[:=]\s*$")
_PREPOSITION = re.compile(
    r"\b(?:of|with|by|from|like|about|for|to|at|on|in|than|after|before|and|or|via|per|see|read|check"
    r"|visit|says?"
    r"|said|wrote|writes|thinks?|asked|follow\w*|between|what|as|agree|second|through|over|both|con|de|por"
    r"|para|y|e|mit|von|und|avec|et|che|com|och|med)\s+(?:also\s+)?[\"'“‘]?$",
    re.IGNORECASE,
)
_SOMEBODYS = re.compile(
    r"\b(?:my|our|your|his|her|their|the|a|an|this|that|mi|mon|ma|mein\w*|il mio"
    r"|la mia)\s+(?:[^\W\d_]+\s+){1,3}$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^\s?['’´`]s?\b|^['’](?:\s|$)")
_NAME_AND_I = re.compile(r"^\s*,?\s*(?:and|&|\+|y|et|und|e)\s+(?:I|me|i|yo|moi|ich|io)\b")
_SPEAKS_TO = re.compile(
    r"^\s*[,:;–—-]+\s*(?:[^\W\d_]+\s+){0,2}?(?:I|i|you|your|we|what|how|thank\w*|do|did|is|are|yes|no)\b"
)
_I_TO_YOU = re.compile(r"\b(?:I|we)\b.*\byou\w*\b", re.IGNORECASE)
_SECOND_PERSON = re.compile(r"\byou\w*\b", re.IGNORECASE)
_FIRST_PERSON_BEFORE = re.compile(r"\b(?:I|we|my|our)\b(?![^,]*[.!?])")
_FROM = re.compile(r"(?:^|\s)(?:from|by|de|von|par|di|da|fra|från|od)\s*$", re.IGNORECASE)
_MARK = re.compile(r"[-,.;:!?–—~*…()/|\[\]\"”'>•=+&_]\s*$")
_OPENS_WITH_MARK = re.compile(r"^\s*[-,.;:!?–—~*…()/|\[\]<@#&+•]")
_OPEN_QUOTE = re.compile(r"[\"“‘«„]\s*$")
_CONNECTS = re.compile(r"^\s*(?:[,&+/]|,?\s*(?:and|with|y|e|et|und|og|och|i|con|mit))\s*$", re.IGNORECASE)
_SMALL_WORD = re.compile(
    r"^\s*(?:here|again|from|of|in|at|for|with|de|en|von|aus|di|da|del|à|a|s|reporting)\b", re.IGNORECASE
)
_BRACKET = re.compile(r"\([^()\n]*\)")
_BRACKET_BEHIND = re.compile(r"\s*[(\[][^()\[\]\n]*[)\]]\s+(?!here\b)[a-z]+\b")
_QUOTED_BEHIND = re.compile(r"(?:\s*:\s*|\)\s+)(?=\w+\W+\w+)")
_ATTRIBUTES = re.compile(r"[\"”»]\s*[(\[]\s*$")
_NEXT_SENTENCE = re.compile(r"\s*(?:[A-Z]|\n|$)")
_IS_MY_NAME = re.compile(r"\s+is (?:my (?:\w+ )?name|me)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\s+[A-Z]\w")
_BESIDE = " ,([–—-"
_FROM_A_COURSE = frozenset({"", "from", "in", "of", "at"})
_HERE_BEYOND = re.compile(r"[\s,)\]]*here\b", re.IGNORECASE)
_YOU_BEYOND = re.compile(r"\s*[)\]]?\s*(?::|[,;–—-]+\s*(?:\w+\s+){0,2}?you\b)", re.IGNORECASE)
_WHO = re.compile(r"^\s*,?\s*(?:who|whose|whom)\b", re.IGNORECASE)
_LAST_DASH = re.compile(r"(?:^|\s)[-–—~]+\s*")
_HERE = re.compile(r"^\s+(?:here|again|aquí|hier|ici|qui)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:I|we|you|your|he|she|they|it)\b", re.IGNORECASE)


def read_roles(scene: Scene) -> tuple[Mention, ...]:
    """What each name of a text does, in reading order."""
    closings = find_closings(scene) if scene.hits else ()
    found: list[Mention] = []
    for hit in scene.hits:
        last = found[-1] if found else None
        role = _role_of(scene, hit, closings, last)
        if (
            role is Role.SIGNS
            and last is not None
            and last.role is Role.MENTIONED
            and _is_coupled(scene, last.hit, hit)
        ):
            found[-1] = Mention(last.hit, Role.SIGNS, last.shown)
        found.append(Mention(hit, role, " ".join(scene.text[hit.start : hit.end].split())))
    return tuple(found)


def find_closings(scene: Scene) -> tuple[Stretch, ...]:
    """Where a writer may sign: the last lines that hold few words; else the last sentence, or what
    follows the last dash. A text's only or first line is no closing."""
    lines = scene.passages.lines
    found: list[Stretch] = []
    for line in reversed(lines[1:][-CLOSING_LINES:]):
        bracket = _BRACKET.search(scene.text, line.start, line.end)
        aside = scene.count_words(Stretch(*bracket.span())) if bracket is not None else 0
        if scene.count_words(line) - aside > WORDS_IN_CLOSING_LINE:
            break
        found.insert(0, line)
    bare = [
        line for line in lines[1:][-LINES_WITH_BARE_NAME:] if line not in found and _is_bare_name(scene, line)
    ]
    return (*bare, *(found or _last_words(scene, lines[-1])))


def _is_bare_name(scene: Scene, line: Stretch) -> bool:
    """Whether a line is a name and nothing else, as above a postscript; "Jane," begins a letter."""
    return (
        any(line.holds(hit.start) for hit in scene.hits)
        and scene.count_words(line) == 0
        and not scene.has_link_in(line)
        and scene.text[line.start : line.end].rstrip()[-1] not in ",:;"
    )


def _last_words(scene: Scene, line: Stretch) -> list[Stretch]:
    """The last sentence, and what follows the last dash, if they are short."""
    text = scene.text
    found = []
    starts = [
        start
        for start in scene.passages.sentence_starts
        if start < line.end and text[start : line.end].strip()
    ]
    if starts and starts[-1] > 0:
        found.append(Stretch(starts[-1], line.end))
    dashes = list(_LAST_DASH.finditer(text, line.start, line.end))
    if dashes and dashes[-1].start() > 0:
        found.append(Stretch(dashes[-1].end(), line.end))
    return [span for span in found if scene.count_words(span) <= WORDS_IN_LAST_SENTENCE]


def _role_of(scene: Scene, hit: NameHit, closings: Sequence[Stretch], last: Mention | None) -> Role:
    text = scene.text
    if scene.passages.link_at(hit.start) is not None:
        return Role.LABELS
    before_line, after = text[max(0, hit.start - 60) : hit.start], text[hit.end : hit.end + 80]
    if _is_quoted(scene, hit, before_line, after):
        return Role.QUOTED
    if before_line.rstrip().endswith("@"):
        return Role.ADDRESSED
    if _POSSESSIVE.match(after):
        return Role.MENTIONED
    signs = (
        is_set_off(text, hit.start) and (_NEXT_SENTENCE.match(after) or text[hit.start].islower())
    ) or any(closing.holds(hit.start) and _signs(scene, hit, closing, last) for closing in closings)
    return Role.SIGNS if signs else _role_in_sentence(scene, hit)


def _is_quoted(scene: Scene, hit: NameHit, before: str, after: str) -> bool:
    """Whether a name stands in a quotation, or says whose a quotation is: "…" (Jane Doe), "Jane Doe: …"."""
    if scene.passages.is_quoted(hit.start) or _OPEN_QUOTE.search(before):
        return True
    line = scene.passages.line_at(hit.start)
    lead = scene.text[line.start : hit.start]
    rest = scene.text[hit.end : line.end]
    if hit.part is NamePart.FULL and lead.strip() in {"", "("} and _QUOTED_BEHIND.match(rest):
        return True
    return _ATTRIBUTES.search(before) is not None and after.lstrip().startswith((")", "]"))


def _signs(scene: Scene, hit: NameHit, closing: Stretch, last: Mention | None) -> bool:
    """Whether a name in a closing signs: set off from the words before it, with nothing but marks, the
    course or an address behind it."""
    text = scene.text
    before, after = text[closing.start : hit.start], text[hit.end : closing.end]
    if not _is_free_behind(scene, hit, closing) or _SPEAKS_TO.match(after):
        return False
    if (
        last is not None
        and last.hit.start >= closing.start
        and _CONNECTS.match(text[last.hit.end : hit.start])
    ):
        return last.role is Role.SIGNS or _sets_off(text[closing.start : last.hit.start])
    if not _sets_off(before) and not _is_short_closing(scene, closing, hit):
        return False
    if before.rstrip().endswith(",") and _FIRST_PERSON_BEFORE.search(before):
        return False
    if scene.has_link_in(closing):
        return _is_closing_before_address(before)
    return True


def _sets_off(before: str) -> bool:
    """Whether a name stands apart from the words before it: by a mark, or by "from" without "I"."""
    if not before.strip() or _MARK.search(before):
        return True
    return _FROM.search(before) is not None and not _PRONOUN.search(before)


def _is_short_closing(scene: Scene, closing: Stretch, hit: NameHit) -> bool:
    """Whether a line is a word or two and a name, as people close without a comma; a greeting is not."""
    before, after = scene.text[closing.start : hit.start], scene.text[hit.end : closing.end]
    return (
        closing in scene.passages.lines
        and not any(map(str.isalnum, after))
        and len(before.split()) <= WORDS_OF_BARE_CLOSING
        and not _GREETED.search(before)
        and not _PREPOSITION.search(before)
        and not _SOMEBODYS.search(before)
    )


def _is_closing_before_address(before: str) -> bool:
    """Whether words before a name close a letter, although an address stands beside the name: "see also
    Jane" labels the address, "Cheers, Jane" does not."""
    words = before.split()
    return not any(map(str.isalnum, before)) or (
        len(words) <= WORDS_OF_CLOSING_BEFORE_ADDRESS
        and before.rstrip()[-1] in ",.!–—-"
        and not _SOMEBODYS.search(before.rstrip(" ,.!–—-") + " x ")
    )


def _is_free_behind(scene: Scene, hit: NameHit, closing: Stretch) -> bool:
    """Whether nothing of a sentence follows a name: marks, the course, an address, another name."""
    after = scene.text[hit.end : closing.end]
    if not any(map(str.isalnum, after)) or _OPENS_WITH_MARK.match(after):
        return True
    rest = Stretch(hit.end, closing.end)
    if scene.count_words(rest) == 0:
        return True
    if any(one.start > hit.start and _CONNECTS.match(scene.text[hit.end : one.start]) for one in scene.hits):
        return True
    return _SMALL_WORD.match(after) is not None and scene.names_course_in(rest)


def _is_coupled(scene: Scene, first: NameHit, second: NameHit) -> bool:
    return _CONNECTS.match(scene.text[first.end : second.start]) is not None


def _role_in_sentence(scene: Scene, hit: NameHit) -> Role:
    text = scene.text
    sentence = scene.passages.sentence_at(hit.start)
    before, after = text[sentence.start : hit.start], text[hit.end : sentence.end]
    in_course = scene.names_course_in(sentence)
    beyond = _behind_course(scene, hit)
    speaks_up = _SPEAKS_UP.search(before) and not _is_mere_bracket(before, in_course=in_course)
    if speaks_up or _HERE_BEYOND.match(beyond) or _IS_MY_NAME.match(after):
        return Role.INTRODUCES
    if _GREETED.search(before) or _SPEAKS_TO.match(after) or _YOU_BEYOND.match(beyond):
        return Role.ADDRESSED
    if (
        _PREPOSITION.search(before)
        or _SOMEBODYS.search(before)
        or _NAME_AND_I.match(after)
        or _WHO.match(after)
        or _is_subject(scene, hit)
    ):
        return Role.MENTIONED
    if not _ends_name(scene, hit, sentence):
        is_glued = not before.strip() and _CAPITAL.match(after) is not None  # a sentence begins behind it
        return Role.UNCLEAR if (in_course or is_glued) and hit.part is NamePart.FULL else Role.MENTIONED
    if hit.part is NamePart.FULL or hit.part is NamePart.INITIAL:
        return _role_of_full(scene, hit, sentence, in_course=in_course)
    return _role_of_part(scene, hit, sentence)


def _behind_course(scene: Scene, hit: NameHit) -> str:
    """What follows on the line behind the course that stands next to a name: "Jane from EDT 320 here"."""
    line = scene.passages.line_at(hit.start)
    for one in scene.course:
        if (
            one.start >= hit.end
            and one.end <= line.end
            and scene.text[hit.end : one.start].strip(_BESIDE) in _FROM_A_COURSE
        ):
            return scene.text[one.end : line.end]
    return ""


def _is_subject(scene: Scene, hit: NameHit) -> bool:
    """Whether a name with an address in brackets goes on as a sentence: "Jane Doe (ADDRESS) has a list"."""
    bracket = _BRACKET_BEHIND.match(scene.text, hit.end)
    return bracket is not None and scene.has_link_in(Stretch(*bracket.span()))


def _is_mere_bracket(before: str, *, in_course: bool) -> bool:
    """Whether only a bracket or "me" stands before a name, in a sentence that does not name the course."""
    return (
        before.rstrip(" ,:").lower().endswith(("(", "[", "me"))
        and not in_course
        and not before.rstrip(" ,:").lower().endswith(("call me",))
    )


def _ends_name(scene: Scene, hit: NameHit, sentence: Stretch) -> bool:
    """Whether a sentence stops behind a name or goes on with a mark, a place or the course; not with a
    verb, which would make it a sentence about somebody."""
    after = scene.text[hit.end : sentence.end]
    if not any(map(str.isalnum, after)) or _OPENS_WITH_MARK.match(after) or _SMALL_WORD.match(after):
        return True
    return any(
        not any(map(str.isalnum, scene.text[hit.end : one.start]))
        for one in scene.course
        if one.start >= hit.end
    )


def _role_of_full(scene: Scene, hit: NameHit, sentence: Stretch, *, in_course: bool) -> Role:
    """A whole name introduces beside the course, as "Name: Jane Doe", or first in the text."""
    text = scene.text
    before, after = text[sentence.start : hit.start], text[hit.end : sentence.end]
    is_small = text[hit.start].islower()
    if in_course and not _SECOND_PERSON.search(after[:40]):
        return Role.INTRODUCES
    if _LABEL.match(before) and not any(map(str.isalnum, after)):
        return Role.INTRODUCES
    is_head = scene.passages.number_of_sentence(hit.start) < HEAD_SENTENCES
    if is_head and not is_small and not any(map(str.isalnum, before)) and not after.lstrip().startswith(":"):
        return Role.INTRODUCES
    return Role.UNCLEAR if in_course else Role.MENTIONED


def _role_of_part(scene: Scene, hit: NameHit, sentence: Stretch) -> Role:
    """A given name introduces at the head of a text with the course next to it, or "here" behind it."""
    text = scene.text
    before, after = text[sentence.start : hit.start], text[hit.end : sentence.end]
    if _I_TO_YOU.search(after):
        return Role.ADDRESSED
    is_head = scene.passages.number_of_sentence(hit.start) < HEAD_SENTENCES
    if not is_head or scene.count_words(Stretch(sentence.start, hit.start)) > WORDS_BEFORE_GIVEN:
        return Role.MENTIONED
    is_here = _HERE.match(after) is not None and not any(map(str.isalnum, before))
    return Role.INTRODUCES if is_here or _has_course_next(scene, hit, sentence) else Role.MENTIONED


def _has_course_next(scene: Scene, hit: NameHit, sentence: Stretch) -> bool:
    """Whether a name is followed by the course, with a few words of no person between them."""
    course = next((one for one in scene.course if hit.end <= one.start < sentence.end), None)
    if course is None:
        return False
    between = Stretch(hit.end, course.start)
    return (
        scene.count_words(between) <= WORDS_BEFORE_COURSE
        and _PRONOUN.search(scene.text[hit.end : course.start]) is None
    )

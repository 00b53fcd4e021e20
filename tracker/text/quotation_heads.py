"""The lines above quotations: "NAME wrote:", "In reply to NAME", and the name and time of a copied comment.

What of the text below belongs to the quotation is left to `quotations`.

Tested in tests/text/test_quotations.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.text.quotation_marks import Span

_SAID = (
    r"wrote|writes|written|said|says|replied|replies|commented|comments|answered|answers|posted|posts|asked"
    r"|asks|added|adds|stated|states|noted|notes|shared|explained|schrieb|schreibt|geschrieben|sagte|meinte"
    r"|escribió|escribe|dijo|dice|comentó|a écrit|écrit|a dit|dit|ha scritto|scrive|scriveva|disse|escreveu"
    r"|comentou|skrev|schreef|napisała?|pisze|написала?|пишет"
)
_HEADER = re.compile(
    rf"\b(?:{_SAID})\b(?:\s*(?:\.\.\.|…)|[^.!?:\n]{{0,40}}?\s?:)\s*$|^(?:quote|zitat|cita|citation|cytat)\s*:$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(?:^|(?<=[.!?]\s))(?P<subject>[^.!?:\n]{1,60}?)\b(?:wrote|writes|said|says|posted|commented|replied|schrieb"
    r"|sagte|escribió|dijo|a écrit|a dit|ha scritto|escreveu|disse)\b[^.,!?:\n]{0,20}?\s?:(?!//|\d)\s*(?=\S)",
    re.IGNORECASE,
)
_BY_ONESELF = re.compile(rf"\b(?:I|we)\b(?:['’]\w+)?\s+(?:\w+\s+){{0,2}}(?:{_SAID})\b")
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we)\b|\b[Ii]['’]?m\b")
_WE_AND_YOU = re.compile(r"\b(?:I|my|me|we|our|you|your|like|as)\b", re.IGNORECASE)
_QUOTES_FROM = re.compile(
    r"(?:quoting|quot(?:ed|e) (?:from|by)|(?:copied|pasted|taken|reposted) from"
    r"|(?:comment|words) (?:by|from|of)|zitat von|cita de|citando a|citation de)\b[^!?\n]{1,60}:$"
    r"|originally (?:posted|written) by\b.{1,60}$",
    re.IGNORECASE,
)
_ANSWERS_TO = re.compile(
    r"(?:(?:in )?(?:reply|response|answer) to|(?:replying|responding|answering) to"
    r"|(?:als |in )?antwort (?:auf|an)|en (?:respuesta|réponse|resposta) [aà]"
    r"|in risposta a)\b[^.!?:\n]{1,60}:?$",
    re.IGNORECASE,
)
MOST_WORDS_OF_A_HEAD = 16
_BEGUN_ABOVE = re.compile(r"(?:on|am|le|el|il|em|op|den|w dniu)\b.*\d", re.IGNORECASE)
_LAST_SENTENCE = re.compile(
    r".*(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)[.!?]\s+(?=[^\W\d_])"
)
_FIRST_SENTENCE = re.compile(r"[.!?…]+[\"”’)]*(?=\s)")

_DIGIT = re.compile(r"\d")
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\b\.?|uhr\b|h\b)?"
    r"|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\b(?:\d+|an?|one)\s?(?:s|m|h|d|w|sec\w*|min\w*|hours?|hrs?|days?|weeks?|months?|years?|yrs?) ago\b"
    r"|\bjust now\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_TIME_ZONE = r"(?-i:[ACEHMPW][SDE]?S?T|AK[SD]?T|GMT|UTC|BST|IST|JST|KST|SGT|PHT|[AN]?Z[SD]T|A[CEW][SD]T)"
"""In capitals only: "Scott" and "Matt" are no time zones."""
_DATE = re.compile(
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b"
    rf"|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s*\d{{4}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s*\d{{4}}\b)?"
    r"|\b\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,10}\s+(?:de\s+)?\d{4}\b",
    re.IGNORECASE,
)
_BESIDE_A_DATE = re.compile(
    r"\b(?:on|at|of|the|um|à|am|el|le|las|posted|comment\w*|by|from|edited|repl(?:y|ied)|permalink|said|says|wrote|yesterday"
    rf"|today|{_WEEKDAY}|{_TIME_ZONE})\b|[^\w\s'’.-]|(?<!\w)[-.]|[-.](?!\w)",
    re.IGNORECASE,
)
_BELOW = re.compile(r"^\W*(?:posted|comment\w*|written|submitted) (?:by|from)\b", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:reply|like|permalink|share|report|delete|edit|antworten|responder|répondre|rispondi|"
    r"(?:reply|like)[\s|·•]+(?:reply|like|share))\W*\d*\W*",
    re.IGNORECASE,
)
LONGEST_DATED = 100
MOST_WORDS_OF_A_NAME = 4

_QUOTE_WORD = re.compile(
    r"(?:^|(?<=[\s(\[]))(?:(?:quote|zitat|cita|citation|citazione|citação|cytat)\s*[:,)\]…–—-]"
    r"|(?:begin|start|open)(?: of)?(?: the)? quote\b)",
    re.IGNORECASE | re.MULTILINE,
)
_BEGINNINGS_OF_QUOTE = ("quote", "zitat", "cita", "cytat")
"""One of them stands in each of these words."""
_UNQUOTE_WORD = re.compile(
    r"\b(?:un-?quote|(?:end|close)(?: of)?(?: the)? quote|ende (?:des )?zitat(?:e?s)?|zitat ende"
    r"|fin de (?:la )?cita(?:tion)?|fine citazione|fim d[ae] citação|koniec cytatu)\b[.:,)\]]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """A line that says whose words come below. `start` is where in the line it begins, None where the
    writer speaks in it. `is_answer`: what comes below is rather the writer's answer."""

    start: int | None
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class InlineHeader:
    """A quotation in a line behind "NAME wrote:", up to the end of its first sentence."""

    start: int
    end: int
    may_go_on: bool


@dataclass(frozen=True, slots=True)
class Dating:
    """A line that holds a date or time, and at most a name. `is_below`: such a line stands below a text."""

    has_name: bool
    has_time: bool
    is_below: bool = False


def find_header(line: str) -> Header | None:
    """The head of a quotation that a line is or ends with; None where it is none, or one's own words."""
    if _ANSWERS_TO.match(line):
        return Header(0, is_answer=True)
    if _QUOTES_FROM.match(line):
        return Header(0)
    if not line.endswith((":", "...", "…")) or not _HEADER.search(line):
        return None
    before = _LAST_SENTENCE.match(line)
    start = before.end() if before is not None else 0
    clause = line[start:]
    if _BY_ONESELF.search(clause) or len(clause.split()) > MOST_WORDS_OF_A_HEAD:
        return None
    return Header(None if _FIRST_PERSON.search(clause) else start)


def find_inline_header(line: str) -> InlineHeader | None:
    """A quotation that begins in the middle of a line; None also where quotation marks show its end."""
    if ":" not in line:
        return None
    found = _INLINE.search(line)
    if found is None or _BY_ONESELF.search(found.group()):
        return None
    start = found.end() if _FIRST_PERSON.search(found.group()) else found.start()
    if line[found.end()] in "\"“„«»'‘`":
        return InlineHeader(start, found.end(), may_go_on=False)
    end = _FIRST_SENTENCE.search(line, found.end())
    subject = found["subject"].split()
    is_name = len(subject) <= MOST_WORDS_OF_A_NAME and not _WE_AND_YOU.search(found["subject"])
    return InlineHeader(start, end.end() if end is not None else len(line), may_go_on=is_name)


def is_begun_above(line: str) -> bool:
    """Whether a line is the first half of a head that a mail program broke: "On DATE, NAME"."""
    return _BEGUN_ABOVE.match(line) is not None and len(line.split()) <= MOST_WORDS_OF_A_HEAD


def find_dating(line: str) -> Dating | None:
    """A line that is a date or time, alone or with a name, as pages set them beside a comment."""
    if len(line) > LONGEST_DATED or not (line.endswith(("ago", "now")) or _DIGIT.search(line)):
        return None
    rest, times = _TIME.subn(" ", line)
    rest, dates = _DATE.subn(" ", rest)
    if not times and not dates:
        return None
    words = _BESIDE_A_DATE.sub(" ", rest).split()
    if not words:
        return Dating(has_name=False, has_time=times > 0)
    is_name = len(words) <= MOST_WORDS_OF_A_NAME and all(word[0].isalpha() for word in words)
    if not is_name or not (len(words) == 1 or all(word[0].isupper() or len(word) < 4 for word in words)):
        return None
    return Dating(has_name=True, has_time=times > 0, is_below=_BELOW.match(line) is not None)


def is_button(line: str) -> bool:
    """Whether a line is what a page offers below a comment: "Reply", "Like"."""
    return _BUTTON.fullmatch(line) is not None


def find_quote_words(text: str) -> list[Span]:
    """What stands between "quote" and "unquote"; without the latter, a line that begins "Quote:"."""
    found: list[Span] = []
    small = text.lower()
    if not any(word in small for word in _BEGINNINGS_OF_QUOTE):  # for speed
        return found
    closings = list(_UNQUOTE_WORD.finditer(text))
    at = 0
    for opening in _QUOTE_WORD.finditer(text):
        if opening.start() < at:
            continue
        closing = next((one for one in closings if one.start() >= opening.end()), None)
        line_end = text.find("\n", opening.end())
        line_end = len(text) if line_end < 0 else line_end
        is_label = opening.group().endswith(":") and text[: opening.start()][-1:] in {"", "\n"}
        if closing is not None:
            found.append((opening.start(), at := closing.end()))
        elif is_label and line_end - opening.end() > 1:  # alone on a line it is a header
            found.append((opening.start(), at := line_end))
    return found

"""Where sentences end, in texts typed in a hurry; in doubt one ends, which counts for the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.text.vocabulary import BEFORE_A_NUMBER, LAST_BEFORE_A_CAPITAL, NEVER_LAST

_EMOJI = "\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\ufe0f\u200d"
_SMILE = rf"(?:\s?(?:[{_EMOJI}]++|[:;=]-?[)(DPp](?!\w)))*+"
_BREAK = re.compile(
    rf"(?P<wide>[。！？｡।۔]+[」』”’)]*)\s*"
    rf"|(?P<mark>[.!?…؟]+)(?P<close>[\"'”’»)\]]*){_SMILE}(?P<blank>\s*)"
    rf"|(?P<emoji>[{_EMOJI}]+)[ \t]+(?=[^\W\d_a-z])"
    r"|(?P<line>\n+)"
)
_MAY_END = re.compile(rf"[.!?…؟。！？｡।۔\n]|[{_EMOJI}]+")
"""What a break begins with: looked for first, for speed."""
_ASKS = re.compile(rf"[?？؟][!?！？…\"'”’»)\]」』]*{_SMILE}\s*$")

LONGEST_TWO_WORDS = 80
"""So many characters at the end of a sentence tell how it ends; more are not read, for speed."""
LONG_LINE = 40
"""A line of so many characters that breaks off was wrapped by a machine; the sentence goes on below."""


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, with the white space after each: joined they are the text."""
    found: list[str] = []
    start = 0
    for end in _breaks(text):
        if _is_end(text, start, end):
            found.append(text[start : end.end()])
            start = end.end()
    if text[start:].strip() or not found:
        found.append(text[start:])
    else:
        found[-1] += text[start:]
    return [one for one in found if one]


def _breaks(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while (mark := _MAY_END.search(text, at)) is not None:
        found = _BREAK.match(text, mark.start())
        at = found.end() if found is not None else mark.end()
        if found is not None:
            yield found


def is_question(sentence: str) -> bool:
    """Whether a sentence ends by asking: "?", "?!", "?)", with a smile behind it or without."""
    return _ASKS.search(sentence[-LONGEST_TWO_WORDS:]) is not None


def _is_end(text: str, start: int, end: re.Match[str]) -> bool:
    if end["wide"] or end["emoji"]:
        return True
    after = text[end.end() : end.end() + 2]
    if end["line"]:
        length = end.start() - max(start, text.rfind("\n", start, end.start()) + 1)
        return len(end["line"]) > 1 or not after[:1].islower() or length < LONG_LINE
    if not after or "\n" in end["blank"]:
        return True
    if not end["blank"]:
        return _is_glued(text, end, after)
    if after[0].islower() and (end["close"] or end["mark"][-1] == "…" or end["mark"].endswith("..")):
        return False
    return end["mark"] != "." or _ends_after(
        text[max(start, end.start() - LONGEST_TWO_WORDS) : end.start()], after
    )


def _is_glued(text: str, end: re.Match[str], after: str) -> bool:
    """ "I liked it.The lesson": nobody typed the blank. An address has such places, too."""
    token = text[max(0, end.start() - LONGEST_TWO_WORDS) : end.start()].rsplit(maxsplit=1)[-1:]
    if not token or "www" in token[0] or "/" in token[0]:
        return False
    begins = after[0].isupper() and (after[1:].islower() or after[0] == "I")
    return begins and token[0][-2:].islower() and len(token[0]) > 1


def _ends_after(sentence: str, after: str) -> bool:
    """Whether one full stop ends the sentence whose last words these are."""
    last = sentence.split()[-2:]
    word = last[-1].lstrip("\"'“‘«([-–—*") if last else ""
    small = word.lower()
    if small in NEVER_LAST or (small in BEFORE_A_NUMBER and after[0].isdigit()):
        return False
    if small in LAST_BEFORE_A_CAPITAL or ("." in word and len(word.replace(".", "")) <= 3):
        return not after[0].islower()
    if len(word) == 1 and word.isupper() and word != "I":
        return not (after[0].isupper() and (len(last) == 1 or last[0][0].isupper()))
    return not (word.isdigit() and len(word) <= 2 and sentence.strip() == word)

"""The phrasebook: wordings read from a set's text files, one a line under its kind, and filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from random import Random

FOLDER = Path(__file__).with_name("wordings")
CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")
LINK_SLOTS = frozenset({"my_link", "mate_link"})


@dataclass(frozen=True)
class Said:
    """A sentence as HTML without paragraphs (line breaks are newlines), and the slots it fills."""

    text: str
    used: frozenset[str]
    wording: str
    """The line of the phrasebook it was made from."""


@dataclass(frozen=True)
class Topic:
    """What a followed post is about: the noun phrase, its titles, and sentences that fit only it."""

    noun: str
    titles: tuple[str, ...]
    details: tuple[str, ...]


@dataclass
class Phrasebook:
    """One set's wordings by kind, and its topics."""

    kinds: dict[str, list[str]] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)

    def say(self, kind: str, rng: Random, slots: Mapping[str, str]) -> Said:
        """One wording of this kind with its choices made and its slots filled in."""
        return fill(rng.choice(self.kinds[kind]), rng, slots)


def fill(wording: str, rng: Random, slots: Mapping[str, str]) -> Said:
    """A wording with its choices made and its slots filled in; values are escaped, links become anchors."""
    text = wording
    while found := CHOICE.search(text):
        text = text[: found.start()] + rng.choice(found[1].split("|")) + text[found.end() :]
    used: set[str] = set()
    while found := SLOT.search(text):
        used.add(found[1])
        text = text[: found.start()] + _slot(found[1], found[2], rng, slots) + text[found.end() :]
    return Said(text.replace("¶", "\n"), frozenset(used), wording)


def _slot(name: str, words: str | None, rng: Random, slots: Mapping[str, str]) -> str:
    value = slots[name]
    if name not in LINK_SLOTS:
        return value if name == "post_of_mine" else escape(value, quote=False)
    address = escape(value, quote=True)
    if words:
        return f'<a href="{address}" rel="nofollow">{words}</a>'
    if rng.random() < 0.5:
        return f'<a href="{address}" rel="nofollow">{address}</a>'
    return address


def open_phrasebook(wordings: str) -> Phrasebook:
    """The phrasebook of a set, by the set's name ("a")."""
    folder = FOLDER / wordings
    if not folder.is_dir():
        raise ValueError(f"no wordings of that name: {wordings}")
    book = Phrasebook()
    for path in sorted(folder.glob("*.txt")):
        sections = _sections(path.read_text(encoding="utf-8"))
        if path.name == "topics.txt":
            book.topics = [_topic(noun, lines) for noun, lines in sections.items()]
        else:
            book.kinds.update(sections)
    return book


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("== "):
            lines = sections.setdefault(line[3:].strip(), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line.rstrip())
    return sections


def _topic(noun: str, lines: list[str]) -> Topic:
    return Topic(
        noun,
        tuple(line[3:] for line in lines if line.startswith("t: ")),
        tuple(line[3:] for line in lines if line.startswith("d: ")),
    )

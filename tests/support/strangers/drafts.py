"""A comment being written: what its form says, what its text says, and what of it is the writer's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from tests.support.strangers.followed import Blog, Post
from tests.support.strangers.phrases import Phrasebook
from tests.support.strangers.students import Student

HELLO = re.compile(r"^(?:Hi|Hello|Hey|Good (?:morning|evening))(?: there)?[,!.]? +(?=\w)")
COURSE_SLOTS = frozenset({"code", "title_of_course", "code_x"})


@dataclass
class Form:
    """What stands in the comment's form, and what it proves about the writer."""

    name: str = ""
    name_says: frozenset[str] = frozenset()
    """Of: full, given, given_initial, weak, alias, course, college, anonymous."""
    link: str = ""
    link_proves: str = ""
    """"own" (registered), "slip" (registered, with a readable slip) or nothing."""
    account: str = ""
    """A Blogger profile number."""
    account_is_registered: bool = False
    email: str = ""
    email_is_registered: bool = False


@dataclass
class Draft:
    """One comment with the truth about it."""

    blog: Blog
    post: Post
    at: datetime
    book: Phrasebook
    rng: Random
    slots: dict[str, str]
    writer: Student | None = None
    kind: str = "outsider"
    form: Form = field(default_factory=Form)
    pieces: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """The slots that the writer filled with own name, course or address."""
    seen_phenomena: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    doubt: bool = False
    """Evidence conflicts: nobody careful would accept, whatever else fits."""
    name_doubt: bool = False
    """Name alone would not do: only an own address or account decides."""
    life_doubt: bool = False
    """The life told may be another's: an own address, account or the course decides."""
    text_link_proves: bool = False
    """The writer's own link in the text is the blog the roster has, readable slips included."""
    untidy: bool = False
    greeted: bool = False

    def add(self, kind: str, *, mine: bool = False) -> str:
        """Add a sentence of this kind, none twice in one comment. `mine`: its names are the writer's own."""
        for _ in range(9):
            said = self.book.say(kind, self.rng, self.slots)
            if said.wording not in self.spoken:
                break
        self.spoken.add(said.wording)
        text = said.text
        if self.greeted and kind.startswith("intro"):
            text = HELLO.sub("", text)
            text = text[:1].upper() + text[1:]
        self.pieces.append(text)
        if mine:
            self.said |= said.used
        return text

    def maybe(self, share: float, kind: str, *, mine: bool = False) -> bool:
        """Add a sentence of this kind with this probability."""
        if self.rng.random() >= share:
            return False
        self.add(kind, mine=mine)
        return True

    def pause(self, share: float = 1.0) -> None:
        """Begin a new paragraph, with this probability."""
        if self.pieces and self.rng.random() < share:
            self.pieces.append("\n\n")

    def text(self) -> str:
        """The whole text: HTML anchors, newlines for breaks."""
        whole = ""
        for piece in self.pieces:
            glued = not whole or piece.startswith("\n") or whole.endswith("\n")
            whole += piece if glued else f" {piece}"
        whole = re.sub(r"\n{3,}", "\n\n", whole).strip()
        return untidied(whole) if self.untidy else whole

    def says(self) -> set[str]:
        """What form and text say of the writer: a `Form.name_says` word each, or "link" for the own link."""
        found = set(self.form.name_says)
        if "full" in self.said:
            found.add("full")
        if {"given", "family_i"} <= self.said:
            found.add("given_initial")
        elif "given" in self.said:
            found.add("given")
        if self.said & {"family", "initials", "initial"}:
            found.add("weak")
        if self.said & COURSE_SLOTS:
            found.add("course")
        if "college" in self.said:
            found.add("college")
        if "pen" in self.said and self.writer and self.writer.pen in self.writer.aliases:
            found.add("alias")
        if "my_link" in self.said and self.text_link_proves:
            found.add("link")
        return found


def untidied(text: str) -> str:
    """The text in lower case without apostrophes, addresses untouched."""
    parts = re.split(r"(<[^>]*>|https?\S+)", text)
    return "".join(
        part if part.startswith(("<", "http")) else part.lower().replace("'", "") for part in parts
    )


def opened_topically(draft: Draft, *, low: int = 1, high: int = 3) -> None:
    """Topical sentences about the post: an opening, details, thoughts."""
    rng = draft.rng
    if rng.random() < 0.07:
        draft.add("open")
        return
    draft.maybe(0.6, "open")
    details = list(draft.post.topic.details)
    rng.shuffle(details)
    lines = details[: rng.choice([0, 1, 1, 2])]
    draft.pieces += lines
    for _ in range(rng.randint(low, high)):
        draft.add("middle")
        draft.pause(0.1)


def closed_topically(draft: Draft) -> None:
    """A question or a friendly ending, often neither."""
    draft.maybe(0.3, "question")
    draft.maybe(0.45, "close")

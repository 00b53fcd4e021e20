"""An invented course to match against: EDT 320 at Harlan State, its students and one followed blog."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tracker.domain.feed import Entry, EntryKind, Source, StatedTime, TimeBasis
from tracker.domain.linkage import Match
from tracker.domain.roster import (
    AllocatedBlog,
    BlogProfile,
    CourseSigns,
    Denial,
    Enrollee,
    HandleKind,
    HandleOrigin,
    KnownHandle,
)
from tracker.matching.candidates import RosterIndex, index_roster
from tracker.matching.decide import match_entry
from tracker.matching.handles import handles_from_roster

COURSE = CourseSigns(
    words=("EDT 320", "Harlan State"),
    staff_names=("Orrin Pennock",),
    course_blog="http://edt320.blogspot.com/",
)
BLOG = BlogProfile(7, address_keys=("chalkdust.example",), owner_names=("Margaret Ellery",))
OCT_20 = datetime(2026, 10, 20, 15, 0, tzinfo=UTC)
ROUND = AllocatedBlog(7, datetime(2026, 10, 12, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC))

JANE, ANN, TOM, SAM_K, SAM_L, MARIA, LEN = range(1, 8)


def student(
    number: int,
    given: str,
    family: str,
    *handles: KnownHandle,
    preferred: str = "",
    blog: str = "",
    email: str = "",
    aliases: str = "",
    twitter: str = "",
    allocated: bool = False,
) -> Enrollee:
    from_roster = handles_from_roster(
        blog_url=blog, email=email, aliases=aliases, twitter=twitter, hash_key=None
    )
    return Enrollee(
        number,
        given,
        family,
        preferred,
        handles=(*from_roster, *handles),
        allocated=(ROUND,) if allocated else (),
    )


def roster() -> list[Enrollee]:
    return [
        student(
            JANE,
            "Jane",
            "Okonedo",
            blog="http://okonedojaneedt320.blogspot.com/",
            email="jane@harlan.example",
            aliases="sunnyjane; Jane Whitlock",
            twitter="@JaneOk",
            allocated=True,
        ),
        student(ANN, "Ann-Marie", "De La Cruz", blog="http://annscorner.edublogs.org/", allocated=True),
        student(TOM, "Thomas", "O'Shea", preferred="Tom", blog="http://osheathomasedt320.blogspot.com/"),
        student(SAM_K, "Samantha", "Kerrigan", blog="http://kerrigansamedt320.blogspot.com/", allocated=True),
        student(SAM_L, "Samuel", "Lindqvist", blog="http://lindqvistsamedt320.blogspot.com/"),
        student(MARIA, "María", "Peña-Holt", blog="http://penaholtmariaedt320.wordpress.com/"),
        student(LEN, "Leonard", "Vasquez", blog="http://vasquezlenedt320.blogspot.com/"),
    ]


def index(*more: Enrollee, denials: tuple[Denial, ...] = (), course: CourseSigns = COURSE) -> RosterIndex:
    return index_roster([*roster(), *more], course, denials, [BLOG])


def comment(
    html: str = "<p>What a lesson.</p>", author: str = "", at: datetime | None = OCT_20, **more: Any
) -> Entry:
    posted = StatedTime(at.isoformat(), at, TimeBasis.OFFSET) if at else StatedTime()
    return Entry(EntryKind.COMMENT, Source.ATOM, author=author, html=html, posted=posted, **more)


def decide(entry: Entry, among: RosterIndex | None = None, blog: BlogProfile = BLOG) -> Match:
    return match_entry(entry, blog, among or index())


def kinds(match: Match, place: int = 0) -> set[str]:
    return {piece.kind for piece in match.candidates[place].evidence}


def confirmed(key: str, kind: HandleKind = HandleKind.ACCOUNT) -> KnownHandle:
    return KnownHandle(kind, key, origin=HandleOrigin.DECISION)

"""One entry x the roster -> the evidence for each student, every piece with its weight.

Evidence against a student is found in `doubts`; what it all comes to is decided in `decide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.domain.linkage import EvidenceKind
from tracker.domain.roster import BlogProfile
from tracker.matching import weights
from tracker.matching.candidates import RosterIndex
from tracker.matching.evidence_kinds import Clue, Fact, Topic, clue_for
from tracker.matching.identifiers import account_clues, link_clues, text_link_clues, twitter_clues
from tracker.matching.naming import author_name_clues, said_name_clues
from tracker.matching.reading import Reading


def find_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> list[Clue]:
    """All evidence in an entry for particular students. What holds for many at once (the
    blog was allocated, the course is named) is added by `context_clues` once somebody is proposed."""
    found: list[Clue] = []
    # Most comments have only some of these, and there are many comments.
    if reading.author_key or reading.tails:
        found += link_clues(reading, index)
    if reading.accounts or reading.avatar:
        found += account_clues(reading, blog, index)
    found += author_name_clues(reading, blog, index)
    found += said_name_clues(reading, index)
    if reading.twitter:
        found += twitter_clues(reading, index)
    if reading.links:
        found += list(text_link_clues(reading, index, found))
    if index.quotes:
        found += quote_clues(reading, index)
    return found


def quote_clues(reading: Reading, index: RosterIndex) -> Iterator[Clue]:
    """The comment's own words in a later post of one student's class blog. Two students whose blogs
    both quote it say nothing: one of them at least quotes somebody else."""
    found = index.quotes.find(reading.text, reading.at)
    if len(found) != 1:
        return
    [(who, (post, share))] = found.items()
    percent = 100 if share == 1 else min(round(share * 100), 99)
    yield clue_for(
        who, Topic.QUOTE, Fact.HINT,
        kind=EvidenceKind.QUOTED, where="text", bits=weights.QUOTED,
        seen=_excerpt(reading.text), known=post.url, params={"percent": percent},
    )  # fmt: skip


def _excerpt(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def proposed(clues: Iterable[Clue]) -> tuple[int, ...]:
    """The students any evidence points at, in a stable order."""
    return tuple(sorted({clue.enrollment_id for clue in clues}))


def context_clues(reading: Reading, blog: BlogProfile, index: RosterIndex, who: int) -> Iterator[Clue]:
    """What the circumstances say of one proposed student: the blog allocated to them, the course named."""
    state = index.allocation_of(blog.blog_id, who, reading.at)
    allocated = EvidenceKind.ALLOCATED
    if state:
        yield clue_for(
            who, Topic.CONTEXT, Fact.ALLOCATED, kind=allocated, where="blog", bits=weights.ALLOCATED
        )
    elif state is None:
        yield clue_for(who, Topic.CONTEXT, Fact.HINT, kind=allocated, where="blog", bits=weights.OTHER_TIME)
    elif index.allocated:
        kind, bits = EvidenceKind.NOT_ALLOCATED, weights.NOT_ALLOCATED
        yield clue_for(who, Topic.CONTEXT, Fact.DOUBT, kind=kind, where="blog", bits=bits)
    if seen := reading.course_words or reading.course_in_name:
        kind, bits, where = EvidenceKind.COURSE, weights.COURSE, "text" if reading.course_words else "author"
        is_course = reading.is_course_in_name or reading.course_itself
        fact = Fact.COURSE_NAMED if is_course else Fact.COLLEGE_NAMED
        yield clue_for(who, Topic.CONTEXT, fact, kind=kind, where=where, bits=bits, seen=seen)
    elif links_course_blog(reading, index):
        kind, bits = EvidenceKind.COURSE_BLOG, weights.COURSE_BLOG
        yield clue_for(who, Topic.CONTEXT, Fact.HINT, kind=kind, where="author-link", bits=bits)


def links_course_blog(reading: Reading, index: RosterIndex) -> bool:
    """The course blog is "our class blog" to everybody in the course, and no student's own."""
    keys = {reading.author_key, *(link.key for link in reading.links)}
    return bool(index.course_blog_key) and index.course_blog_key in keys

"""One entry x the roster -> what speaks for each student, every piece with its weight and reason.

What speaks against a student is found in `doubts`; what it all comes to is decided in `decide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.domain.roster import BlogProfile
from tracker.matching import weights
from tracker.matching.candidates import RosterIndex
from tracker.matching.evidence_kinds import Clue, Fact, Group, first_name, genitive, speak
from tracker.matching.identifiers import account_clues, link_clues, twitter_clues
from tracker.matching.naming import author_name_clues, said_name_clues
from tracker.matching.reading import Reading


def find_clues(reading: Reading, blog: BlogProfile, index: RosterIndex) -> list[Clue]:
    """Everything in an entry that speaks for particular students. What holds for many at once (the
    blog was allocated, the course is named) is added by `context_clues` once somebody is proposed."""
    found: list[Clue] = []
    # Most comments have only some of these, and there are many comments.
    if reading.author_key or reading.tails or reading.links:
        found += link_clues(reading, index)
    if reading.accounts or reading.avatar:
        found += account_clues(reading, blog, index)
    found += author_name_clues(reading, blog, index)
    if reading.introduced or reading.signed:
        found += said_name_clues(reading, index)
    if reading.twitter:
        found += twitter_clues(reading, index)
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
    much = "All" if share == 1 else f"{min(share, 0.99):.0%}"
    says = f"{much} of the text stands in a later post of {genitive(index.enrollees[who])} class blog"
    yield speak(
        who, Group.QUOTE, Fact.HINT,
        kind="quoted", where="text", bits=weights.QUOTED, says=says,
        seen=_excerpt(reading.text), known=post.url,
    )  # fmt: skip


def _excerpt(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def proposed(clues: Iterable[Clue]) -> tuple[int, ...]:
    """The students any evidence points at, in a stable order."""
    return tuple(sorted({clue.enrollment_id for clue in clues}))


def context_clues(reading: Reading, blog: BlogProfile, index: RosterIndex, who: int) -> Iterator[Clue]:
    """What the circumstances say of one proposed student: the blog allocated to them, the course named."""
    name = first_name(index.enrollees[who])
    state = index.allocation_of(blog.blog_id, who, reading.at)
    if state:
        says = f"{name} was assigned this blog at the time"
        yield speak(
            who,
            Group.CONTEXT,
            Fact.ALLOCATED,
            kind="allocated",
            where="blog",
            bits=weights.ALLOCATED,
            says=says,
        )
    elif state is None:
        says = f"{name} was assigned this blog, but for another time"
        yield speak(
            who, Group.CONTEXT, Fact.HINT, kind="allocated", where="blog", bits=weights.OTHER_TIME, says=says
        )
    elif index.allocated:
        says, bits = f"Against: {name} was not assigned this blog", weights.NOT_ALLOCATED
        yield speak(who, Group.CONTEXT, Fact.DOUBT, kind="not-allocated", where="blog", bits=bits, says=says)
    seen = reading.course_words
    if seen:
        says, known = f"Names the course (“{seen}”)", "course words"
        yield speak(
            who, Group.CONTEXT, Fact.COURSE_NAMED,
            kind="course", where="text", bits=weights.COURSE, says=says, seen=seen, known=known,
        )  # fmt: skip
    elif links_course_blog(reading, index):
        says, bits = "Links the course blog", weights.COURSE_BLOG
        yield speak(
            who, Group.CONTEXT, Fact.HINT, kind="course-blog", where="author-link", bits=bits, says=says
        )


def links_course_blog(reading: Reading, index: RosterIndex) -> bool:
    """The course blog is "our class blog" to everybody in the course, and no student's own."""
    keys = {reading.author_key, *(link.key for link in reading.links)}
    return bool(index.course_blog_key) and index.course_blog_key in keys

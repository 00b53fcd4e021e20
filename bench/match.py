"""What matching costs: decisions a second, beside reading the comments only and beside comparing each
comment with every student; and whether the indexes lose anything that comparing everybody finds.

    .venv/bin/python -m bench.match [--comments 100000] [--students 500 10000] [--rounds 5] [--scanned 300]
    .venv/bin/python -m bench.match --labelled FOLDER    # a whole course, read, decided and written
"""

from __future__ import annotations

import argparse
import gc
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TypeVar

from tracker.domain.feed import Entry, EntryKind, Source, StatedTime, TimeBasis
from tracker.domain.linkage import Match
from tracker.domain.roster import AllocatedBlog, BlogProfile, CourseSigns, Enrollee, HandleKind
from tracker.matching.candidates import Holder, RosterIndex, index_roster
from tracker.matching.decide import match_entry
from tracker.matching.evidence import find_clues
from tracker.matching.handles import handles_from_roster
from tracker.matching.reading import Reading, read_entry
from tracker.queries.matching.match_file import match_file

COURSE = CourseSigns(("EDT 320", "Harlan State"), ("Orrin Pennock",), "http://edt320.blogspot.com/")
AT = datetime(2026, 10, 20, tzinfo=UTC)
BLOGS = [
    BlogProfile(n, address_keys=(f"chalk{n}.example",), owner_names=("Margaret Ellery",)) for n in range(60)
]
TARGETS = {500: 100_000, 10_000: 20_000}
SYLLABLES = (
    "bar", "ken", "lo", "mi", "ster", "wick", "dal", "for", "ran", "tun", "gale", "hol", "mer", "vin", "cas",
    "pell", "or", "ith",
)  # fmt: skip
GIVEN = tuple(f"{first}{second}".capitalize() for first in SYLLABLES for second in SYLLABLES)
TEXTS = (
    "<p>The part about the bridges of paper was new to me.</p>",
    "<p>I read this for EDT 320 at Harlan State.</p><p>My class blog is {link}</p>",
    "<p>What would you change next year?</p><p>{given}</p>",
    "<p>Hi, I am {given} and I liked it.</p>",
)

Key = TypeVar("Key")


class Scanned(Mapping[str, dict[int, float]]):
    """A table of names that asks every student each time, as if there were no index."""

    def __init__(self, index: RosterIndex, kind: str) -> None:
        self._index, self._kind = index, kind

    def __getitem__(self, key: str) -> dict[int, float]:
        found = {
            who: forms[key]
            for who, names in self._index.names.items()
            if key in (forms := getattr(names, self._kind))
        }
        if not found:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return any(key in getattr(names, self._kind) for names in self._index.names.values())

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class ScanningIndex(RosterIndex):
    """The same roster without blocking: names and handles are compared with everybody's."""

    def holders(
        self, kind: HandleKind, key: str, at: datetime | None, blog_id: int | None = None
    ) -> list[Holder]:
        everybody = {id(one): one for people in self.handles.values() for one in people}
        return [
            one
            for one in everybody.values()
            if one.handle.kind is kind
            and (one.handle.key.replace(" ", "") if kind is HandleKind.NAME else one.handle.key) == key
        ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--comments", type=int, default=20_000)
    asked.add_argument("--students", type=int, nargs="+", default=[500, 10_000])
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--scanned", type=int, default=300)
    asked.add_argument(
        "--labelled", type=Path, help="a folder with a course's files, as match-file reads them"
    )
    options = asked.parse_args()
    if options.labelled:
        decide_labelled(options.labelled, options.rounds)
        return
    for count in options.students:
        compare(count, options.comments, options.rounds, options.scanned)


def decide_labelled(folder: Path, rounds: int) -> None:
    """Seconds of processor for `match-file` over a whole course, cold and learning from its answers."""
    for name, answers in (("cold", None), ("learned", folder / "truth.jsonl")):
        with tempfile.TemporaryDirectory() as scratch:
            times = [
                timed(
                    lambda given=answers, out=Path(scratch) / "out.jsonl": match_file(
                        roster=folder / "roster.csv",
                        blogs=folder / "blogs.csv",
                        allocations=folder / "assignments.csv",
                        comments=folder / "comments.jsonl",
                        words=";".join(COURSE.words),
                        staff=";".join(COURSE.staff_names),
                        course_blog=COURSE.course_blog,
                        out=out,
                        answers=given,
                    )
                )
                for _ in range(rounds)
            ]
        decided, seconds = times[0][0], [each for _, each in times]
        again = f"{median(seconds[1:]):.2f} s again" if seconds[1:] else "once"
        print(f"{name}: {decided.comments} comments in {seconds[0]:.2f} s, {again}")


def compare(students: int, comments: int, rounds: int, scanned: int) -> None:
    people = make_people(students)
    index = index_roster(people, COURSE, blogs=BLOGS)
    entries = make_comments(people, comments)
    figures: dict[str, list[float]] = {"read": [], "found": [], "decided": []}
    for _ in range(rounds):
        readings, read_s = timed(
            lambda: [read_entry(each, index.known_blogs, index.course_words) for each, _ in entries]
        )
        _, found_s = timed(lambda read=readings: find_all(read, entries, index))
        _, decided_s = timed(lambda: decide_all(entries, index))
        for name, seconds in (("read", read_s), ("found", found_s), ("decided", decided_s)):
            figures[name].append(seconds)
    sample = entries[:scanned]
    scanning = without_indexes(index)
    scan, scan_s = timed(lambda: decide_all(sample, scanning))
    ours, ours_s = timed(lambda: decide_all(sample, index))

    print(f"\n{comments} comments x {students} students, one core, medians of {rounds}")
    for name, words in (
        ("read", "read only (the floor)"),
        ("found", "candidates found, read before"),
        ("decided", "decided"),
    ):
        print(f"  {words:<32} {comments / median(figures[name]):>9,.0f} a second")
    over = [decided / read for decided, read in zip(figures["decided"], figures["read"], strict=True)]
    print(f"  10 decided / read only           {median(over):>9.2f}  ({min(over):.2f} to {max(over):.2f})")
    print(f"  10 compared with everybody       {scan_s / ours_s:>9.1f} times the time, on {len(sample)}")
    print(
        f"  10 decisions that differ         {sum(a != b for a, b in zip(scan, ours, strict=True)):>9}  (0)"
    )
    if students in TARGETS:
        reached = comments / median(figures["found"])
        word = "reached" if reached >= TARGETS[students] else "MISSED"
        print(f"  10 candidates a second           {reached:>9,.0f}  (>= {TARGETS[students]:,})  {word}")


def find_all(
    readings: Sequence[Reading], entries: Sequence[tuple[Entry, BlogProfile]], index: RosterIndex
) -> int:
    """Whom anything points at; nothing is kept, as a poll keeps nothing but the answers."""
    return sum(len(find_clues(one, blog, index)) for one, (_, blog) in zip(readings, entries, strict=True))


def decide_all(entries: Sequence[tuple[Entry, BlogProfile]], index: RosterIndex) -> list[Match]:
    return [match_entry(entry, blog, index) for entry, blog in entries]


def without_indexes(index: RosterIndex) -> RosterIndex:
    """The same knowledge, found by asking everybody."""
    values = {name: getattr(index, name) for name in RosterIndex.__slots__}
    scanning = ScanningIndex(**values)
    for table, kind in (("by_full", "full"), ("by_given", "given"), ("by_surname", "surname")):
        setattr(scanning, table, Scanned(index, kind))
    return scanning


def make_people(count: int) -> list[Enrollee]:
    dice = random.Random(320)  # noqa: S311 - invented people, the same each time
    people = []
    for number in range(1, count + 1):
        given = dice.choice(GIVEN)
        family = "".join(dice.choices(SYLLABLES, k=3)).capitalize()
        host = f"{family}{given}edt320".lower()
        handles = handles_from_roster(
            blog_url=f"http://{host}.blogspot.com/", email=f"{host}@harlan.example", hash_key=None
        )
        given_blogs = tuple(AllocatedBlog(blog.blog_id) for blog in dice.sample(BLOGS, 2))
        people.append(Enrollee(number, given, family, handles=handles, allocated=given_blogs))
    return people


def make_comments(people: Sequence[Enrollee], count: int) -> list[tuple[Entry, BlogProfile]]:
    """Six in ten by students, under full or first names, logins or handles, half with their link.

    The others are readers of the blogs, who come back: one name for every ten comments. (In the
    first 1,310 comments of a course whose answers are known there were 490 names.)
    """
    dice = random.Random(count)  # noqa: S311 - as above
    readers = [f"{dice.choice(GIVEN)} Outsider{number}" for number in range(max(count // 25, 1))]
    made = []
    for _ in range(count):
        who = dice.choice(people)
        link = f"http://{who.handles[0].key}/"
        names = (
            f"{who.given_name} {who.family_name}", who.given_name, f"{who.given_name} {who.family_name[0]}.",
            f"{who.given_name[0]}{who.family_name}".lower(), f"sunny{who.enrollment_id}", "Anonymous",
        )  # fmt: skip
        by_student = dice.random() < 0.6
        author = dice.choice(names) if by_student else dice.choice(readers)
        url = link if by_student and dice.random() < 0.5 else ""
        html = dice.choice(TEXTS).format(link=link if by_student else "here", given=author.split()[0])
        blog = BLOGS[who.allocated[0].blog_id] if dice.random() < 0.8 else dice.choice(BLOGS)
        posted = StatedTime(AT.isoformat(), AT, TimeBasis.OFFSET)
        entry = Entry(EntryKind.COMMENT, Source.ATOM, author=author, author_url=url, html=html, posted=posted)
        made.append((entry, blog))
    return made


def timed(work: Callable[[], Key]) -> tuple[Key, float]:
    gc.collect()
    gc.freeze()  # what the benchmark itself holds is not the work's to look through
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


if __name__ == "__main__":
    main()

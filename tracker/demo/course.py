"""A small course for the demo and for scenario tests: the edge cases of PRODUCT §6."""

from __future__ import annotations

from datetime import date

from tracker.demo.blogosphere.blogs import Permalinks, Serves, Theme
from tracker.demo.conflicts import NAMESAKE, share_account
from tracker.demo.crowd import (
    add_owner_replies,
    add_passer_by,
    add_passers_by,
    add_spam,
    add_staff_comment,
    add_unknown_writer,
)
from tracker.demo.edge_cases import EDGE_CASES, write_plain
from tracker.demo.names import Name
from tracker.demo.output import Receipts, write_course
from tracker.demo.people import cast_students, pick_names, with_given_name_of
from tracker.demo.records import DemoCourse
from tracker.demo.scenario import DemoStudent, Scenario, make_scenario

OPENS = date(2026, 10, 12)
SECTIONS = 2
NUMBER = 1  # C4T #1

BLOGS: dict[str, dict[str, object]] = {
    "classic": {"serves": Serves.WORDPRESS},
    "blogger": {"serves": Serves.BLOGGER},
    "default": {"serves": Serves.WORDPRESS, "permalinks": Permalinks.DEFAULT, "theme": Theme.BLOCK},
    "blogger-2": {"serves": Serves.BLOGGER},
    "moderated": {"serves": Serves.WORDPRESS, "moderated": True, "theme": Theme.BLOCK},
    "plain": {"serves": Serves.GENERIC, "window": 20},
    "mute": {"serves": Serves.NONE},
    "pacific": {"serves": Serves.WORDPRESS, "generator": "Edublogs 6.8.2"},
    "gone": {"serves": Serves.WORDPRESS, "sha256_avatars": False},
    "blogger-3": {"serves": Serves.BLOGGER},
}

UNKNOWN_WRITERS = (
    ("paperlantern", "I am writing this as a requirement of EDT 320, and my class blog will link to it."),
    ("bookish_otter", "We were asked in EDT 320 to find a teacher to learn from, and I am glad I found you."),
)


def make_course(
    *, students: int = 28, blogs: int = 10, seed: int = 1, start: date = OPENS, weeks: int = 3, port: int = 0
) -> DemoCourse:
    """C4T #1 over `weeks` weeks (at least 3): comments due after the second, the summary after the third.

    `start` is the Monday on which it opens. The first students are one edge case each (see
    `edge_cases`), the others do what was asked. The truth is told for the last night, 02:15 on
    the Monday after the last week.
    """
    if students < len(EDGE_CASES) or blogs < len(BLOGS) or weeks < 3:
        raise ValueError(f"At least {len(EDGE_CASES)} students, {len(BLOGS)} blogs and 3 weeks are needed.")
    scenario = make_scenario(seed=seed, start=start, port=port)
    cast = _cast(scenario, students)
    named = {name: scenario.educators_blog(**settings) for name, settings in BLOGS.items()}  # type: ignore[arg-type]
    for n in range(blogs - len(BLOGS)):
        scenario.educators_blog(Serves.BLOGGER if n % 2 else Serves.WORDPRESS)
    healthy = [
        named["classic"],
        named["blogger"],
        named["blogger-2"],
        named["blogger-3"],
        *scenario.followed[10:],
    ]
    receipts: Receipts = []
    for student, case in zip(cast, EDGE_CASES, strict=False):
        student.blog = named[case.blog]
        case.write(scenario, student, receipts)
    for n, student in enumerate(cast[len(EDGE_CASES) :]):
        student.blog = healthy[n % len(healthy)]
        write_plain(scenario, student, receipts)
    by_case = {case.name: student for student, case in zip(cast, EDGE_CASES, strict=False)}
    _add_crowd(scenario, by_case["CommentLuv tails"])
    share_account(scenario, by_case["husband's account"], named["blogger"], named["blogger-3"])
    return write_course(
        scenario,
        cast,
        receipts,
        key="edt320-demo",
        assignment=f"c4t-{NUMBER}",
        number=NUMBER,
        nights=range(weeks * 7 + 1),
        sections=SECTIONS,
    )


def _cast(scenario: Scenario, count: int) -> list[DemoStudent]:
    """Edge cases have names of their own, but the twins have one and the same."""
    alone, others = pick_names(scenario.rng, alone=len(EDGE_CASES), others=count - len(EDGE_CASES))
    cases = [case.name for case in EDGE_CASES]
    one, other = cases.index("twin with links"), cases.index("twin without a link")
    alone[other] = Name(alone[one].given, alone[one].family, alone[one].preferred)
    first_name = cases.index("first name only")
    if others:
        others[-1] = with_given_name_of(scenario.rng, alone[first_name], [*alone, *others])
    cast = cast_students(scenario, [*alone, *others], ["certain"] * count, sections=SECTIONS)
    cast[one].section, cast[other].section = "1", str(SECTIONS)
    return cast


def _add_crowd(scenario: Scenario, similar: DemoStudent) -> None:
    for blog in scenario.followed:
        add_passers_by(scenario, blog, first_day=-19, last_day=-1, count=scenario.rng.randint(3, 8))
        add_passers_by(scenario, blog, first_day=0, last_day=20, count=scenario.rng.randint(2, 6))
        add_owner_replies(scenario, blog, until=scenario.at(20, 23), share=0.2)
    add_spam(scenario, scenario.followed[0], scenario.at(4, 3, 12))
    add_spam(scenario, scenario.followed[1], scenario.at(8, 4, 40))
    add_staff_comment(scenario, scenario.followed[0], scenario.at(1, 10, 30))
    post = scenario.post_of_day(similar.allocated, 5)
    author = f"{similar.name.given} Frobisher"
    namesake = add_passer_by(scenario, similar.allocated, post, scenario.at(8, 15, 10), author=author)
    scenario.conflicts[NAMESAKE] = (similar.allocated, namesake, similar)
    for n, (author, said) in enumerate(UNKNOWN_WRITERS):
        blog = scenario.followed[n]
        add_unknown_writer(
            scenario, blog, scenario.post_of_day(blog, 5), scenario.at(9 + n, 19, 20), author, said
        )

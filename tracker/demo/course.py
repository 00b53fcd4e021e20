"""A small course for the demo and for scenario tests: the awkward cases of PRODUCT §6 that blogs show."""

from __future__ import annotations

from datetime import date

from tracker.demo.blogosphere.blogs import Permalinks, Serves, Theme
from tracker.demo.crowd import add_owner_replies, add_passer_by, add_passers_by, add_spam, add_staff_comment
from tracker.demo.edge_cases import ROLES, play_plain
from tracker.demo.names import Name
from tracker.demo.output import Receipts, finish
from tracker.demo.people import cast_students, pick_names, with_given_name_of
from tracker.demo.records import DemoCourse
from tracker.demo.scenario import Stage, Student, make_stage
from tracker.demo.to_settle import NAMESAKE, share_account

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


def make_course(
    *, students: int = 28, blogs: int = 10, seed: int = 1, start: date = OPENS, weeks: int = 3, port: int = 0
) -> DemoCourse:
    """C4T #1 over `weeks` weeks (at least 3): comments due after the second, the summary after the third.

    `start` is the Monday on which it opens. The first students play one awkward case each (see
    `awkward.ROLES`), the others do what was asked. The truth is told for the last night, 02:15 on
    the Monday after the last week.
    """
    if students < len(ROLES) or blogs < len(BLOGS) or weeks < 3:
        raise ValueError(f"At least {len(ROLES)} students, {len(BLOGS)} blogs and 3 weeks are needed.")
    stage = make_stage(seed=seed, start=start, port=port)
    cast = _cast(stage, students)
    named = {name: stage.educators_blog(**settings) for name, settings in BLOGS.items()}  # type: ignore[arg-type]
    for n in range(blogs - len(BLOGS)):
        stage.educators_blog(Serves.BLOGGER if n % 2 else Serves.WORDPRESS)
    healthy = [
        named["classic"],
        named["blogger"],
        named["blogger-2"],
        named["blogger-3"],
        *stage.followed[10:],
    ]
    receipts: Receipts = []
    for student, role in zip(cast, ROLES, strict=False):
        student.blog = named[role.blog]
        role.play(stage, student, receipts)
    for n, student in enumerate(cast[len(ROLES) :]):
        student.blog = healthy[n % len(healthy)]
        play_plain(stage, student, receipts)
    players = {role.name: student for student, role in zip(cast, ROLES, strict=False)}
    _add_crowd(stage, players["CommentLuv tails"])
    share_account(stage, players["husband's account"], named["blogger"], named["blogger-3"])
    return finish(
        stage,
        cast,
        receipts,
        key="edt320-demo",
        assignment=f"c4t-{NUMBER}",
        number=NUMBER,
        nights=range(weeks * 7 + 1),
        sections=SECTIONS,
    )


def _cast(stage: Stage, count: int) -> list[Student]:
    """Players of a role have names of their own, but the twins have one and the same."""
    alone, others = pick_names(stage.rng, alone=len(ROLES), others=count - len(ROLES))
    roles = [role.name for role in ROLES]
    one, other = roles.index("twin with links"), roles.index("twin without a link")
    alone[other] = Name(alone[one].given, alone[one].family, alone[one].preferred)
    first_name = roles.index("first name only")
    if others:
        others[-1] = with_given_name_of(stage.rng, alone[first_name], [*alone, *others])
    cast = cast_students(stage, [*alone, *others], ["certain"] * count, sections=SECTIONS)
    cast[one].section, cast[other].section = "1", str(SECTIONS)
    return cast


def _add_crowd(stage: Stage, similar: Student) -> None:
    for blog in stage.followed:
        add_passers_by(stage, blog, first_day=-19, last_day=-1, count=stage.rng.randint(3, 8))
        add_passers_by(stage, blog, first_day=0, last_day=20, count=stage.rng.randint(2, 6))
        add_owner_replies(stage, blog, until=stage.at(20, 23), share=0.2)
    add_spam(stage, stage.followed[0], stage.at(4, 3, 12))
    add_spam(stage, stage.followed[1], stage.at(8, 4, 40))
    add_staff_comment(stage, stage.followed[0], stage.at(1, 10, 30))
    post = stage.post_of_day(similar.allocated, 5)
    author = f"{similar.name.given} Frobisher"
    namesake = add_passer_by(stage, similar.allocated, post, stage.at(8, 15, 10), author=author)
    stage.to_settle[NAMESAKE] = (similar.allocated, namesake, similar)

"""PRODUCT S10: a comment like a classmate's earlier one bears a mark, wherever its verdict is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.support import field
from tests.support.blog_server import BlogServer
from tests.support.field import AFTER, NOW, comment, wordpress
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.dependencies import Tools
from tracker.jobs.grades.grade_round import accept_certain
from tracker.jobs.review.decisions import confirm
from tracker.models import Enrollment, Linkage, RequirementVerdict

SCHOOL = "calder.example"
ACT = Act(datetime(2026, 11, 2, tzinfo=UTC), None)
TEXT = " ".join(f"ramp{n}" for n in range(60))
CHANGED = TEXT.replace("ramp7 ", "slope ").replace("ramp31 ", "hill ")
SPANISH = (
    "Me gustó mucho cómo los niños construyeron los puentes de papel, porque cada grupo encontró otra manera "
    "de doblar las hojas y todos explicaron después por qué su puente aguantó más peso que el de los demás."
)
MONDAY, TUESDAY = "Mon, 12 Oct 2026 18:00:00 +0000", "Tue, 13 Oct 2026 18:00:00 +0000"


@pytest.fixture
def here() -> Iterator[tuple[BlogServer, Tools, int]]:
    with field.world() as (server, tools):
        wordpress(server, SCHOOL)
        made = field.course()
        field.follow(made, f"http://{SCHOOL}/", now=NOW, tools=tools)
        field.give(made, SCHOOL, "J1", "J2")
        yield server, tools, made


def marks() -> dict[str, list[str]]:
    db.session.commit()
    rows = db.session.query(RequirementVerdict, Enrollment.external_id).join(
        Enrollment, Enrollment.id == RequirementVerdict.enrollment_id
    )
    return {who or "": [one.code for one in row.as_verdict().marks] for row, who in rows}


def say(server: BlogServer, first: str, second: str, *more: str) -> None:
    wordpress(
        server,
        SCHOOL,
        comment(SCHOOL, 8, "Thaddeus Dunmore", f"<p>{second}</p>", when=TUESDAY),
        comment(SCHOOL, 7, "Brielle Okafor", f"<p>{first}</p>", when=MONDAY),
        *more,
    )


@pytest.mark.parametrize(
    ("first", "second", "copied"),
    [
        (TEXT, TEXT, True),
        (TEXT, CHANGED, True),
        (SPANISH, SPANISH, True),
        (SPANISH, f"Hola. {SPANISH} Gracias.", True),
        (TEXT, " ".join(f"shelf{n}" for n in range(60)), False),
        ("Great post!", "Great post!", False),
    ],
)
def test_copy_is_marked_by_the_run_and_left_out_of_bulk_accept(
    here: tuple[BlogServer, Tools, int], *, first: str, second: str, copied: bool
) -> None:
    server, tools, made = here
    say(server, first, second)
    field.look(tools, NOW + timedelta(days=2), AFTER)
    assert marks() == {"J1": [], "J2": ["copy"] if copied else []}
    assert field.state(made, "J2")[0] == "met"
    assert accept_certain(made, "c4t-1", ACT).count == (1 if copied else 2)


def test_mark_goes_when_the_text_becomes_the_students_own(here: tuple[BlogServer, Tools, int]) -> None:
    server, tools, _ = here
    say(server, TEXT, TEXT)
    field.look(tools, NOW + timedelta(days=2))
    assert marks()["J2"] == ["copy"]
    say(server, TEXT, " ".join(f"shelf{n}" for n in range(60)))
    field.look(tools, NOW + timedelta(days=3))
    assert marks() == {"J1": [], "J2": []}


def test_mark_goes_when_the_comment_turns_out_to_be_the_classmates_own(
    here: tuple[BlogServer, Tools, int],
) -> None:
    server, tools, made = here
    say(server, TEXT, TEXT)
    field.look(tools, NOW + timedelta(days=2))
    copied = db.session.scalars(select(Linkage).where(Linkage.copy_of_id.is_not(None))).one()
    brielle = db.session.scalars(select(Enrollment).where(Enrollment.external_id == "J1")).one()
    confirm(made, copied.comment_id, brielle.id, ACT)
    assert not any(marks().values())
    db.session.expire_all()
    assert (copied.copy_of_id, copied.copy_percent) == (None, None)

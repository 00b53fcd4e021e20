"""The grid: who stands where, what the filters take, and that a page costs the same for any class."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.classroom import Classroom, fill, queries_by_size
from tracker.domain.assignment import Window
from tracker.extensions import db
from tracker.queries.class_standing import fold
from tracker.queries.course.dashboard import load_dashboard
from tracker.queries.grades.grid import Filter, Grid, load_grid


def _grid(room: Classroom, sections: set[int] | None = None, **wanted: object) -> Grid:
    return load_grid(db.session(), room.course.id, make.NOW, Filter(**wanted), sections)  # type: ignore[arg-type]


def test_newest_assignment_comes_first_comments_before_summary(context: Flask) -> None:
    grid = _grid(fill(make.add_course(), students=2))
    assert [one.part.key for one in grid.columns] == [
        "c4t-3.comments",
        "c4t-3.summary",
        "c4t-2.comments",
        "c4t-2.summary",
        "c4t-1.comments",
        "c4t-1.summary",
    ]
    assert grid.columns[0].due == "two comments, Oct 25"


def test_assignment_that_has_not_opened_comes_last(context: Flask) -> None:
    room = fill(make.add_course(), students=2, assignments=2)
    later = Window(make.DUE + timedelta(days=28), make.NOW + timedelta(days=7))
    rule = make.terms("C4K", later, None, count=1)
    make.add_assignment(room.course, "c4k", rule)
    grid = _grid(room)
    assert grid.columns[-1].part.key == "c4k.comments"
    assert grid.columns[-1].said == "opens Nov 2"


def test_accents_do_not_move_a_name_to_the_end(context: Flask) -> None:
    room = fill(make.add_course(), students=25)
    names = [row.student.family for row in _grid(room).rows]
    assert names[names.index("Begaye") - 1] == "Bauer"
    assert names.index("Åkerström") < names.index("Alves")
    assert names.index("Bąk") < names.index("Balogun")


def test_cells_say_what_the_verdicts_say(context: Flask) -> None:
    room = fill(make.add_course(), students=18)
    words = {row.student.enrollment_id: row.cells[0].word for row in _grid(room).rows}
    assert [words[one.id] for one in room.students] == [
        "Met", "Met", "Met", "Met", "1 of 2", "Met", "Not found yet", "Met", "Needs you", "Met",
        "Can’t see", "Met", "Late", "Met", "In moderation", "Date?", "1 does not", "Excused",
    ]  # fmt: skip


def test_summary_that_is_there_is_in(context: Flask) -> None:
    grid = _grid(fill(make.add_course(), students=3))
    assert sorted(row.cells[1].word for row in grid.rows) == ["In", "Not due", "Not due"]


def test_fifty_students_stand_on_a_page(context: Flask) -> None:
    room = fill(make.add_course(), students=101, assignments=1)
    assert [len(_grid(room, page=page).rows) for page in (1, 2, 3)] == [50, 50, 1]
    assert _grid(room, page=99).page == 3
    assert (_grid(room, page=2).first, _grid(room, page=2).last, _grid(room).pages) == (51, 100, 3)


def test_page_of_the_student_whose_cell_is_open_is_shown(context: Flask) -> None:
    room = fill(make.add_course(), students=60, assignments=1)
    last = max(room.students, key=lambda one: (fold(one.family_name), one.id))
    grid = load_grid(db.session(), room.course.id, make.NOW, Filter(), open_student=last.id)
    assert grid.page == 2
    assert last.id in {row.student.enrollment_id for row in grid.rows}
    asked = load_grid(db.session(), room.course.id, make.NOW, Filter(page=1), open_student=last.id)
    assert asked.page == 1, "a page that was asked for stays"


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        pytest.param({"name": "abara"}, 1, id="family name in any case"),
        pytest.param({"name": "josé aguilar"}, 1, id="words in any order"),
        pytest.param({"name": "bak"}, 1, id="without the accents"),
        pytest.param({"name": "nobody"}, 0, id="no such name"),
        pytest.param({"section": "1"}, 12, id="section"),
        pytest.param({"part": "c4t-3.comments", "state": "needs-review"}, 2, id="state of one part"),
        pytest.param({"part": "c4t-2", "state": "needs-review"}, 0, id="state of another assignment"),
        pytest.param({"part": "c4t-3.comments", "state": "unseen"}, 2, id="unseen is unseen or held"),
        pytest.param({"state": "no-such-state"}, 24, id="unknown state leaves nobody out"),
        pytest.param({"part": "no-such-part"}, 24, id="unknown part shows all"),
    ],
)
def test_filter_takes_whom_it_names(context: Flask, wanted: dict[str, str], shown: int) -> None:
    assert _grid(fill(make.add_course(), students=24), **wanted).shown == shown


def test_every_count_of_the_dashboard_is_the_number_of_students_behind_its_link(context: Flask) -> None:
    room = fill(make.add_course(), students=40)
    shown = load_dashboard(db.session(), room.course.id, make.NOW).round
    assert shown is not None
    for one in shown.key:
        assert _grid(room, part=shown.part.key, state=one.bucket.value).shown == one.count, one.bucket
    lead = [int(one.text.split()[0]) for one in shown.lead]
    assert [_grid(room, part=shown.part.key, state=one.state).shown for one in shown.lead] == lead


def test_assistant_sees_own_sections_only(context: Flask) -> None:
    room = fill(make.add_course(), students=24)
    grid = _grid(room, {room.sections[1].id})
    assert (grid.students, grid.sections) == (12, ("2",))
    assert _grid(room, {room.sections[1].id}, section="1").shown == 0
    assert _grid(room, set()).students == 0


def test_student_who_left_is_not_shown(context: Flask) -> None:
    room = fill(make.add_course(), students=4)
    room.students[0].is_active = False
    db.session.commit()
    assert _grid(room).students == 3


def test_student_nobody_has_judged_yet_is_not_due(context: Flask) -> None:
    room = fill(make.add_course(), students=1)
    new = make.add_enrollment(room.course, name="Zuri Zane")
    row = next(row for row in _grid(room).rows if row.student.enrollment_id == new.id)
    assert {one.word for one in row.cells} == {"Not due"}


def test_questions_asked_do_not_grow_with_the_class(context: Flask) -> None:
    few, many, long = queries_by_size(_grid)
    assert few == many == long
    assert few <= 6

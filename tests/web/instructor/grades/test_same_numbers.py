"""PRODUCT S1 on its Monday, with and without marks: every number on every page is the one definition's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import post, sign_in
from tests.support.round_of_150 import MONDAY, build_s1, write_nothing
from tracker import clock
from tracker.domain.reason import Reason
from tracker.domain.states import Bucket
from tracker.extensions import db
from tracker.grading.round_summary import Standing
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import Course, RequirementVerdict
from tracker.queries.class_standing import load_parts, load_students
from tracker.queries.standings import load_standings

SITE = "/courses/edt320/"
ROUND = f"{SITE}grades/c4t-2"
ROSA = "rosa@harlan.example"
MARKED = (3, 60, 124)
"""Students who bear a mark: two of those with both comments, and one with one."""


@dataclass(frozen=True)
class Numbers:
    """What the definition says of the comments."""

    standings: list[Standing]
    ids: list[int]

    def count(self, *places: Bucket) -> int:
        return sum(one.place in places for one in self.standings)

    @property
    def decided(self) -> int:
        return sum(one.is_decided for one in self.standings)

    @property
    def need_you(self) -> int:
        return sum(one.needs_you for one in self.standings)

    @property
    def unseen(self) -> int:
        return sum(one.cannot_be_seen for one in self.standings)


def _define(app: Flask) -> Numbers:
    with app.app_context():
        course = db.session.scalars(select(Course)).one()
        part = next(one for one in load_parts(db.session(), course.id) if one.slug == "comments")
        standings = load_standings(db.session(), course.id)
        ids = [one.enrollment_id for one in load_students(db.session(), course.id)]
        return Numbers([standings.of(part, one) for one in ids], ids)


@pytest.fixture(params=[False, True], ids=["plain", "marked"])
def has_marks(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def site(app: Flask, client: FlaskClient, has_marks: bool) -> FlaskClient:
    with app.app_context():
        now = clock.now()
        room = build_s1(write=write_nothing, moved=now - MONDAY)
        make.add_enrollment(room.course, make.add_user("Rosa Achterberg", email=ROSA), role="instructor")
        db.session.commit()
        regrade_course(room.course.id, now)
        if has_marks:
            _mark([room.students[n].id for n in MARKED])
    sign_in(client, ROSA)
    return client


def _mark(people: list[int]) -> None:
    mark = Reason("changed-after-deadline", {"seen": MONDAY.isoformat()})
    rows = db.session.scalars(
        select(RequirementVerdict).where(
            RequirementVerdict.enrollment_id.in_(people), RequirementVerdict.requirement == "comment-1"
        )
    )
    for row in rows:
        row.marks = [mark.as_json()]
    db.session.commit()


def _words(page: str) -> str:
    """The text between the tags; a stop stands close to the word before it."""
    return re.sub(r" (?=[;.,:])", "", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, f"{pattern} not in {text[:3000]}"
    return int(found[1])


def _need_you(text: str) -> int:
    return _number(r"(\d+) needs? you", text)


def _lead(page: str) -> tuple[int, int, int]:
    """(decided, need you, can't be seen) of the sentence a page begins with."""
    head = re.search(r"<h1.*?</h1>", page, re.DOTALL)
    assert head is not None
    said = re.search(r"(\d+) of 150 decided; (\d+) needs? you; (\d+) can’t be seen yet\.", _words(head[0]))
    assert said, _words(head[0])
    return int(said[1]), int(said[2]), int(said[3])


def _badge(page: str) -> int:
    return _number(r'class="count">(\d+)<', page)


def _cells(client: FlaskClient) -> Counter[str]:
    """The cells of all students' comments by their word, over the grid's pages."""
    found: Counter[str] = Counter()
    for page in (1, 2, 3):
        text = client.get(f"{SITE}grid?part=c4t-2.comments&page={page}").text
        found.update(re.findall(r'<td class="c"><a[^>]*><svg.*?</svg>([^<]+)</a>', text, re.DOTALL))
    return found


def _shown(client: FlaskClient, state: str) -> int:
    text = _words(client.get(f"{SITE}grid?part=c4t-2.comments&state={state}").text)
    return 0 if "No students found" in text else _number(r"Students \d+ to \d+ of (\d+)", text)


def _check_pages(app: Flask, client: FlaskClient) -> Numbers:
    """Open every page and hold each of its numbers against the definition."""
    asked = _define(app)
    said = (asked.decided, asked.need_you, asked.unseen)
    assert sum(said) == 150, "the summary's week has not changed the comments"

    course = client.get(SITE).text
    words = _words(course)
    assert _lead(course) == said
    key = [int(n) for n in re.findall(r"<b>(\d+)</b> (?:both|one of|none|need|can|in mod|graded)", course)]
    assert sum(key) == 150
    assert _number(r"Review these (\d+)", words) == asked.need_you
    assert len(re.findall(r"Decides (?:comment|both|the)", words)) == min(asked.need_you, 8)
    assert _number(r"Can’t be seen yet (\d+) students", words) == asked.unseen
    assert sum(int(n) for n in re.findall(r"(\d+) of 150 in\b", words)) == 0, "no summary yet"

    grid = _words(client.get(f"{SITE}grid").text)
    assert _number(r"(\d+) of 150 decided", grid) == asked.decided
    assert _number(r"Review (\d+) in C4T #2", grid) == asked.need_you
    for state, number in (("decided", said[0]), (Bucket.NEEDS_REVIEW, said[1]), ("unseen", said[2])):
        assert _shown(client, state) == number, state
    cells = _cells(client)
    assert sum(cells.values()) == 150
    assert cells["Needs you"] + cells["Date?"] == asked.need_you
    assert cells["Can’t see"] + cells["In moderation"] == asked.unseen

    for page in ("assignments", "assignments/c4t-2"):
        text = _words(client.get(f"{SITE}{page}").text)
        assert _number(r"(\d+) of 150 decided", text) == asked.decided, page
        assert _need_you(text) == asked.need_you, page

    around = client.get(ROUND).text
    assert _lead(around) == said
    assert _need_you(_words(around.partition("part-comment")[2])) == asked.need_you
    rows = re.findall(r'class="where">.*?<b>(\d+)</b>', around, re.DOTALL)
    assert sum(map(int, rows)) == 300, "150 in each of the two parts"
    assert _number(r"Review these (\d+)", _words(around)) == asked.need_you

    waiting = [one for one, standing in zip(asked.ids, asked.standings, strict=True) if standing.needs_you]
    walk = _words(client.get(f"{ROUND}/{waiting[0]}?part=comment").text)
    assert _number(r"\d+ of (\d+) needing you", walk) == asked.need_you

    review = client.get(f"{SITE}review").text
    listed = len(re.findall(r"Decides C4T #2\s+for", review))
    beside = re.search(r"(\d+) needs? you on the student", _words(review))
    assert listed + (int(beside[1]) if beside else 0) == asked.need_you

    pages = ("", "grid", "review", "assignments", "blogs", "students", "grades/c4t-2")
    assert {_badge(client.get(SITE + page).text) for page in pages} == {asked.need_you}
    return asked


def _press(client: FlaskClient, button: str, **fields: object) -> str:
    """Press a button of the round's page, with what its form carries."""
    page = client.get(ROUND).text
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if button in _words(one))
    hidden = dict(re.findall(r'type="hidden" name="(part|seen|which)" value="([^"]*)"', form))
    action = re.search(r'action="([^"]+)"', form)
    assert action is not None
    answer = post(client, action[1], ROUND, **hidden, **fields)
    assert answer.status_code == 302, answer.text
    return _words(client.get(ROUND).text)


def test_every_number_on_every_page_is_the_definitions(
    app: Flask, site: FlaskClient, has_marks: bool
) -> None:
    asked = _check_pages(app, site)
    marks = len(MARKED) if has_marks else 0
    assert (asked.decided, asked.need_you, asked.unseen) == (139 - marks, 4 + marks, 7)
    certain = 122 if has_marks else 124
    assert asked.count(Bucket.ALL_MET) == certain

    done = _press(site, f"Accept and release {certain}", release="yes", words="Thank you.")
    assert f"Accepted and released {certain} grades." in done
    assert f"Total 150; {certain} released" in done
    assert "150 students wait for a part." in done
    after = _check_pages(app, site)
    assert [one.place for one in after.standings] == [one.place for one in asked.standings]


@pytest.mark.parametrize("has_marks", [True], ids=["marked"], indirect=True)
def test_numbers_agree_with_grades_set_by_hand_and_after_all_is_taken_back(
    app: Flask, site: FlaskClient
) -> None:
    asked = _define(app)
    done = _press(site, "Accept only", words="")
    assert "Accepted 122 grades." in done
    done = _press(site, "Record 14 as not yet and release", release="yes", words="")
    assert "Accepted and released 14 grades." in done
    assert "Release 122 grades" in done
    waiting = [who for who, one in zip(asked.ids, asked.standings, strict=True) if one.needs_you]
    for who in (waiting[0], waiting[-1]):
        url = f"{ROUND}/{who}?part=comment"
        fields = {"satisfactory": "yes", "reason": "Seen in class."}
        assert post(site, f"{ROUND}/{who}/set?part=comment", url, seen=0, **fields).status_code == 302
    by_hand = _check_pages(app, site)
    assert (by_hand.decided, by_hand.need_you) == (asked.decided + 2, asked.need_you - 2)
    assert by_hand.count(Bucket.RECORDED) == 1, "whose comment it is stays open"
    assert "Undone for 122 students." in _undo_all(site)
    undone = _define(app)
    assert (undone.decided, undone.need_you) == (by_hand.decided, by_hand.need_you)


def _undo_all(client: FlaskClient) -> str:
    text = ""
    for batch in re.findall(r'name="batch" value="([^"]+)"', client.get(ROUND).text):
        assert post(client, f"{ROUND}/undo", ROUND, batch=batch).status_code == 302
        text = _words(client.get(ROUND).text)
    return text

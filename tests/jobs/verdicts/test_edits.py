"""PRODUCT S21: the text of the due instant is judged, and what came later is shown to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.support import field
from tests.support.blog_server import BlogServer
from tests.support.field import AFTER, NOW, RSS, TWO, comment, item, rss, wordpress
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.dependencies import Tools
from tracker.jobs.grades.grade_round import accept_certain
from tracker.models import Assignment, Enrollment, RequirementVerdict
from tracker.queries.grades.grade_round import GradeStanding, load_round_grades

SCHOOL, OWN = "calder.example", "brielle.example"
DAY = timedelta(days=1)
ACT = Act(datetime(2026, 11, 2, tzinfo=UTC), None)
LINK = f'<p>I wrote about <a href="http://{SCHOOL}/2026/10/marble-runs/">Marble runs</a>.</p>'


@pytest.fixture
def here() -> Iterator[tuple[BlogServer, Tools]]:
    with field.world() as made:
        yield made


def say(server: BlogServer, words: int, more: str = "") -> None:
    """The comment of J1, with so many words of her own."""
    text = " ".join(f"ramp{n}" for n in range(words))
    wordpress(server, SCHOOL, comment(SCHOOL, 7, "Brielle Okafor", f"<p>{text}</p>{more}"))


def write(server: BlogServer, html: str, title: str = "C4T #1", edited: str = "") -> None:
    """The class blog of J1 shows one post, published on Sunday at 15:00; Atom says when it was edited."""
    if not edited:
        shown = item(title, f"http://{OWN}/2026/10/c4t/", "B", f"http://{OWN}/?p=9", html,
                     "Sun, 25 Oct 2026 20:00:00 +0000")  # fmt: skip
        server.set("/feed/", rss("Brielle teaches", f"http://{OWN}", shown), headers=RSS, host=OWN)
        return
    entry = (
        f"<entry><id>tag:{OWN},2026:9</id><title>{title}</title><link href='http://{OWN}/2026/10/c4t/'/>"
        f"<author><name>B</name></author><published>2026-10-25T20:00:00Z</published>"
        f"<updated>{edited}</updated><content type='html'><![CDATA[{html}]]></content></entry>"
    )
    feed = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Brielle teaches</title><id>tag:{OWN},2026:</id>"
        f"<updated>{edited}</updated><link href='http://{OWN}/'/>{entry}</feed>"
    )
    server.set("/feed/", feed, headers={"Content-Type": "application/atom+xml"}, host=OWN)


def begin(server: BlogServer, tools: Tools, *, words: int = 0, summary: str = "") -> int:
    """J1 has a blog to comment on and a class blog; both are followed, and nothing is there yet."""
    wordpress(server, SCHOOL)
    wordpress(server, OWN)
    made = field.course(
        TWO.format(one=f"http://{OWN}/", two="http://dunmore.example/"), words=words, summary=summary
    )
    field.follow(made, f"http://{SCHOOL}/", now=NOW, tools=tools)
    field.follow(made, f"http://{OWN}/", now=NOW, tools=tools, role="class-blog")
    field.give(made, SCHOOL, "J1")
    field.look(tools, NOW)
    return made


def verdict(requirement: str) -> RequirementVerdict:
    db.session.commit()
    found = db.session.query(RequirementVerdict).join(
        Enrollment, Enrollment.id == RequirementVerdict.enrollment_id
    )
    return found.filter(RequirementVerdict.requirement == requirement, Enrollment.external_id == "J1").one()


def marks(requirement: str) -> list[str]:
    return [one.code for one in verdict(requirement).as_verdict().marks]


def test_comment_that_grew_after_the_deadline_waits_for_a_person(here: tuple[BlogServer, Tools]) -> None:
    server, tools = here
    made = begin(server, tools, words=50)
    say(server, 20)
    field.look(tools, AFTER - DAY, AFTER)
    assert field.state(made, "J1") == ("does_not_count", "Found, 20 words; the rule asks for 50.")
    assert marks("comment-1") == []
    say(server, 60)
    field.look(tools, AFTER + 2 * DAY)
    assert field.state(made, "J1", at=AFTER + 3 * DAY)[0] == "does_not_count"
    assert marks("comment-1") == ["changed-after-deadline"]
    assignment = db.session.query(Assignment).one()
    (comments, *_) = load_round_grades(db.session(), made, assignment).units
    lines = {line.student.given: line for line in comments.lines}
    assert lines["Brielle"].standing is GradeStanding.NEEDS_YOU
    assert accept_certain(made, "c4t-1", ACT, satisfactory=False).count == 0


def test_comment_that_grew_before_the_deadline_counts(
    here: tuple[BlogServer, Tools],
) -> None:
    server, tools = here
    made = begin(server, tools, words=50)
    say(server, 20)
    field.look(tools, AFTER - 3 * DAY)
    say(server, 60)
    field.look(tools, AFTER - 2 * DAY, AFTER)
    assert field.state(made, "J1")[0] == "met"
    assert marks("comment-1") == []


def test_comment_cut_down_after_the_deadline_keeps_its_credit(
    here: tuple[BlogServer, Tools],
) -> None:
    server, tools = here
    made = begin(server, tools, words=50)
    say(server, 60)
    field.look(tools, AFTER - DAY, AFTER)
    say(server, 5)
    field.look(tools, AFTER + DAY)
    assert field.state(made, "J1", at=AFTER + 2 * DAY)[0] == "met"
    assert marks("comment-1") == ["changed-after-deadline"]


@pytest.mark.parametrize("grows", [True, False])
def test_edit_in_the_night_of_the_deadline_is_read_for_the_student(
    here: tuple[BlogServer, Tools], *, grows: bool
) -> None:
    server, tools = here
    made = begin(server, tools, words=50)
    say(server, 20 if grows else 60)
    field.look(tools, AFTER - DAY)
    say(server, 60 if grows else 20)
    field.look(tools, AFTER)
    assert field.state(made, "J1")[0] == "met"
    assert [one.code for one in verdict("comment-1").as_verdict().clock] == ["edited-between"]
    assert marks("comment-1") == []


def test_small_change_after_the_deadline_is_no_question(here: tuple[BlogServer, Tools]) -> None:
    server, tools = here
    made = begin(server, tools, words=50)
    say(server, 60)
    field.look(tools, AFTER - DAY, AFTER)
    say(server, 61)
    field.look(tools, AFTER + DAY)
    assert field.state(made, "J1", at=AFTER + 2 * DAY)[0] == "met"
    assert marks("comment-1") == []


def test_summary_that_was_a_placeholder_waits_for_a_person(
    here: tuple[BlogServer, Tools],
) -> None:
    server, tools = here
    made = begin(server, tools, summary="2026-10-25 23:59")
    say(server, 60)
    write(server, "<p>Coming soon.</p>")
    field.look(tools, AFTER)
    write(server, LINK + "<p>" + "words " * 300 + "</p>")
    field.look(tools, AFTER + 3 * DAY)
    assert field.state(made, "J1", "summary", at=AFTER + 4 * DAY)[0] == "in_review"
    assert marks("summary") == ["changed-after-deadline"]


@pytest.mark.parametrize(
    ("edited", "expected", "marked"),
    [
        ("2026-10-26T01:00:00Z", "met", []),
        ("2026-10-26T06:00:00Z", "in_review", ["changed-after-deadline"]),
        ("2026-10-26T08:15:00+02:00", "in_review", ["changed-after-deadline"]),
    ],
)
def test_edit_of_the_last_night_goes_by_the_time_that_the_feed_states(
    here: tuple[BlogServer, Tools], edited: str, expected: str, marked: list[str]
) -> None:
    server, tools = here
    made = begin(server, tools, summary="2026-10-25 23:59")
    say(server, 60)
    write(server, "<p>Soon.</p>", edited="2026-10-25T20:00:00Z")
    field.look(tools, AFTER - 4 * timedelta(hours=1))
    write(server, LINK, edited=edited)
    field.look(tools, AFTER)
    assert field.state(made, "J1", "summary")[0] == expected
    assert marks("summary") == marked


def test_other_work_that_became_the_summary_later_waits(
    here: tuple[BlogServer, Tools],
) -> None:
    server, tools = here
    made = begin(server, tools, summary="2026-10-25 23:59")
    say(server, 60)
    write(server, "<p>My lunch.</p>", title="Lunch")
    field.look(tools, AFTER)
    assert field.state(made, "J1", "summary")[0] == "not_found_yet"
    write(server, LINK, title="C4T #1")
    field.look(tools, AFTER + DAY)
    assert field.state(made, "J1", "summary", at=AFTER + 2 * DAY)[0] == "in_review"
    assert verdict("summary").reason == "written-later"
    assert marks("summary") == ["changed-after-deadline"]

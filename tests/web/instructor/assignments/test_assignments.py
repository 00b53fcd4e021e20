"""The rule as a sentence to fill in, and the list of blogs given."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import COURSE, Cast, post, sign_in
from tracker.domain.assignment import REQUIRED, Condition
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.grading.rules.document import terms_from_document
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    BlogAddress,
    Course,
    Enrollment,
    RequirementVerdict,
)

HERE = f"/courses/{COURSE}"
NEW = f"{HERE}/new-assignment"
RULE = {
    "title": "C4T #1",
    "key": "c4t-1",
    "quota-required": "2",
    "opens": "2026-10-12T00:00",
    "comments_due": "2026-10-25T23:59",
    "conditions-words-at_least": "50",
    "conditions-words-floor": "hint",
    "summary_due": "2026-11-01T23:59",
    "points": "",
}
SIGNATURE = "<p>Noor Haddad Vale</p><p>Harlan State College</p><p>EDT 320 Section Two North</p>"
SIGNED = re.compile(r'name="given"[^>]*value="([^"]+)"')


@pytest.fixture
def signed_in(client: FlaskClient, cast: Cast) -> FlaskClient:
    sign_in(client, cast.instructor)
    return client


def rules(app: Flask) -> list[tuple[int, int, str]]:
    """(version, comments asked, points) of every version there is."""
    with app.app_context():
        rows = db.session.scalars(select(AssignmentTermsVersion).order_by(AssignmentTermsVersion.id))
        terms = [terms_from_document(row.document) for row in rows]
        return [(one.version, one.parts[0].quota.required, str(one.points or "")) for one in terms]


def filled_in(page: str) -> dict[str, Any]:
    """What a browser would send for the form of the rule as it stands, but for its buttons."""
    form = LexborHTMLParser(page).css_first("#rule-form")
    assert form is not None
    found: dict[str, Any] = {}
    for one in form.css("input, select, textarea"):
        kind, name = one.attributes.get("type"), one.attributes["name"] or ""
        if one.tag == "select":
            chosen = one.css_first("option[selected]") or one.css_first("option")
            found[name] = (chosen.attributes.get("value") or "") if chosen else ""
        elif one.tag == "textarea":
            found[name] = one.text().removeprefix("\r\n")
        elif kind == "checkbox":
            ticked = [one.attributes.get("value") or "y"] if "checked" in one.attributes else []
            found[name] = [*found.get(name, []), *ticked]
        elif kind != "submit" and name != "csrf_token":
            found[name] = one.attributes.get("value") or ""
    return found


def test_a_new_rule_is_proposed_and_made_as_filled_in(app: Flask, signed_in: FlaskClient) -> None:
    page = signed_in.get(NEW).text
    assert 'value="C4T #1"' in page
    answer = post(signed_in, NEW, **RULE)
    assert answer.status_code == 302
    shown = signed_in.get(answer.headers["Location"]).text
    assert "between Monday, October 12 and Sunday, October 25, 11:59 PM CDT" in shown
    assert "by Sunday, November 1, 11:59 PM CST" in shown
    assert "No student has an assigned blog yet." in shown
    assert rules(app) == [(1, 2, "")]
    with app.app_context():
        assert len(db.session.scalars(select(RequirementVerdict)).all()) == 9


def test_reading_it_first_makes_nothing(app: Flask, signed_in: FlaskClient) -> None:
    answer = post(signed_in, NEW, **{**RULE, "quota-required": "3"}, read_first="Preview")
    assert "Write three comments on three different posts" in answer.text
    assert 'value="3"' in answer.text
    assert rules(app) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"title": ""}, "Students see it", id="no title"),
        pytest.param({"quota-required": "0"}, "1 to 100", id="no comments"),
        pytest.param({"quota-required": "two"}, "Not a valid integer", id="a word"),
        pytest.param({"comments_due": ""}, "Enter when the comments are due", id="no due time"),
        pytest.param({"comments_due": "soon"}, "as a time. Enter it like", id="no time"),
        pytest.param(
            {"comments_due": "2026-10-01T23:59"}, "Correct one of the two times", id="before opening"
        ),
        pytest.param({"points": "lots"}, "not a number of points", id="points"),
        pytest.param({"key": "two words"}, "without spaces", id="short name"),
        pytest.param({"conditions-words-floor": "sometimes"}, "Not a valid choice", id="floor"),
    ],
)
def test_a_rule_that_does_not_fit_together_comes_back_filled_in(
    app: Flask, signed_in: FlaskClient, wrong: dict[str, str], says: str
) -> None:
    answer = post(signed_in, NEW, **{**RULE, **wrong})
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="2026-11-01T23:59"' in answer.text
    assert rules(app) == []


def test_a_short_name_that_is_taken_is_refused(app: Flask, signed_in: FlaskClient) -> None:
    post(signed_in, NEW, **RULE)
    answer = post(signed_in, NEW, **RULE)
    assert answer.status_code == 422
    assert "already" in answer.text
    assert len(rules(app)) == 1


def test_a_change_is_a_new_version_and_everybody_is_judged_by_it(app: Flask, signed_in: FlaskClient) -> None:
    post(signed_in, NEW, **RULE)
    url = f"{HERE}/assignments/c4t-1"
    answer = post(signed_in, url, **{**RULE, "quota-required": "1", "points": "10"}, seen_version="1")
    assert answer.status_code == 302
    shown = signed_in.get(url).text
    assert "Version 2 is in force" in shown
    assert "10 points" in shown
    assert rules(app) == [(1, 2, ""), (2, 1, "10")]
    with app.app_context():
        versions = db.session.scalars(select(RequirementVerdict.terms_version)).all()
        assert (len(versions), set(versions)) == (6, {2})


def test_a_version_saved_meanwhile_is_not_overwritten(app: Flask, signed_in: FlaskClient) -> None:
    post(signed_in, NEW, **RULE)
    url = f"{HERE}/assignments/c4t-1"
    post(signed_in, url, **{**RULE, "quota-required": "1"}, seen_version="1")
    answer = post(signed_in, url, **{**RULE, "quota-required": "4"}, seen_version="1")
    assert answer.status_code == 409
    assert "Someone saved another version in the meantime" in answer.text
    assert 'value="4"' in answer.text
    assert [version for version, _, _ in rules(app)] == [1, 2]


def test_names_of_the_summary_outlive_a_change(app: Flask, cast: Cast, signed_in: FlaskClient) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        assignment = make.add_assignment(course, "c4t-2")
        names = terms_from_document(assignment.current_terms.document).parts[1].names
        db.session.commit()
    url = f"{HERE}/assignments/c4t-2"
    post(signed_in, url, **{**filled_in(signed_in.get(url).text), "title": "Comments for Teachers #2"})
    with app.app_context():
        row = db.session.scalars(select(Assignment)).one()
        summary = terms_from_document(row.current_terms.document).parts[1]
        assert summary is not None
        assert (row.title, summary.names) == ("Comments for Teachers #2", names)


@pytest.mark.one_database
@pytest.mark.parametrize("template", ["c4t", "c4k", "c4c", "two-classmates", "twenty-on-ten"])
def test_a_template_is_made_as_it_is_proposed_and_saving_it_again_changes_nothing(
    app: Flask, signed_in: FlaskClient, template: str
) -> None:
    page = signed_in.get(f"{NEW}?template={template}").text
    answer = post(signed_in, NEW, **filled_in(page))
    assert answer.status_code == 302
    with app.app_context():
        row = db.session.scalars(select(AssignmentTermsVersion)).one()
        assert terms_from_document(row.document).template == template
    url = f"{HERE}/assignments/{template}-1"
    post(signed_in, url, **filled_in(signed_in.get(url).text))
    assert len(rules(app)) == 1


def short_comments(app: Flask, cast: Cast) -> None:
    """An assignment that asks 50 words of the one comment; the student's has 48 and a signature."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        floor = (Condition(Trait.WORDS, 50, REQUIRED),)
        assignment = make.add_assignment(course, "c4t-2", make.terms(summary=None, count=1, conditions=floor))
        blog = make.add_blog()
        make.follow(course, blog)
        make.add_feed(blog)
        student = db.session.get_one(Enrollment, cast.student_id)
        make.allocate(assignment, student, blog)
        text = " ".join(f"thought{n}" for n in range(48))
        comment = make.add_comment(make.add_post(blog), text=f"<p>{text}.</p>{SIGNATURE}")
        make.add_linkage(course, comment, student)
        store_verdicts(db.session(), course.id, make.NOW)
        db.session.commit()


@pytest.mark.one_database
def test_a_rule_is_previewed_beside_its_sentence_and_a_milder_choice_fills_the_form_in(
    app: Flask, cast: Cast, signed_in: FlaskClient
) -> None:
    short_comments(app, cast)
    url = f"{HERE}/assignments/c4t-2"
    form = filled_in(signed_in.get(url).text)
    preview = post(signed_in, url, **form, read_first="Preview").text
    assert "No student changes." in preview
    assert "Count signatures: 1 student changes. None loses." in preview
    taken = post(signed_in, url, **form, take="comment-signature").text
    assert "1 student changes. None loses." in taken
    assert "Words of a signature count too." in taken
    assert "<td>All met</td>" in taken
    assert len(rules(app)) == 1
    post(signed_in, url, **filled_in(taken))
    assert "Words of a signature count too." in signed_in.get(url).text


@pytest.mark.one_database
def test_deadlines_are_moved_in_thought(app: Flask, cast: Cast, signed_in: FlaskClient) -> None:
    short_comments(app, cast)
    url = f"{HERE}/assignments/c4t-2"
    form = {**filled_in(signed_in.get(url).text), "hours": "1"}
    moved = post(signed_in, url, **form, shift="Preview this").text
    assert 'value="2026-10-26T00:59"' in moved
    assert "No student changes." in moved
    assert len(rules(app)) == 1


@pytest.mark.one_database
def test_a_rule_goes_out_as_a_file_and_in_again_under_another_name(
    app: Flask, signed_in: FlaskClient
) -> None:
    post(signed_in, NEW, **RULE)
    file = signed_in.get(f"{HERE}/assignments/c4t-1/rule.json")
    assert file.mimetype == "application/json"
    url = f"{HERE}/rule-file"
    sent = {"upload-file": (io.BytesIO(file.data), "rule.json"), "upload-key": "c4t-9"}
    checked = post(signed_in, url, NEW, **sent)
    assert "Saving creates the assignment c4t-9." in checked.text
    assert len(rules(app)) == 1
    found = SIGNED.search(checked.text)
    assert found
    assert post(signed_in, f"{url}/save", NEW, given=found[1]).status_code == 302
    assert signed_in.get(f"{HERE}/assignments/c4t-9/rule.json").data == file.data
    again = {"upload-file": (io.BytesIO(file.data), "rule.json"), "upload-key": "c4t-9"}
    same = SIGNED.search(post(signed_in, url, NEW, **again).text)
    assert same
    post(signed_in, f"{url}/save", NEW, given=same[1])
    shown = signed_in.get(f"{HERE}/assignments/c4t-9").text
    assert "This is the same as version 1. Nothing changed." in shown
    assert post(signed_in, f"{url}/save", NEW, given="x.y").status_code == 409
    broken = post(signed_in, url, NEW, **{"upload-file": (io.BytesIO(b"{"), "x.json"), "upload-key": "c4t-9"})
    assert broken.status_code == 422
    assert "The file is not JSON" in broken.text


@pytest.mark.one_database
def test_a_rule_with_more_than_the_form_says_is_read_and_taken_as_a_file(
    app: Flask, cast: Cast, signed_in: FlaskClient
) -> None:
    with app.app_context():
        rule = make.terms()
        more = replace(rule.parts[0], key="more")
        course = db.session.get_one(Course, cast.course_id)
        make.add_assignment(course, "c4t-2", replace(rule, parts=(*rule.parts, more)))
        db.session.commit()
    shown = signed_in.get(f"{HERE}/assignments/c4t-2").text
    assert "This rule has settings that the form can’t show" in shown
    assert "rule.json" in shown
    assert "rule-form" not in shown


@pytest.mark.one_database
def test_what_is_folded_is_saved_and_shown_again(app: Flask, signed_in: FlaskClient) -> None:
    folded = {
        "conditions-introduces-at_least": "y",
        "conditions-introduces-floor": "required",
        "conditions-sentences-at_least": "3",
        "conditions-sentences-floor": "part",
        "conditions-sentences-percent": "40",
        "late-taken": "y",
        "late-per_day": "10",
        "late-closes_after_days": "5",
        "summary-conditions-words-at_least": "80",
        "held": "none",
        "joined_late-within_days": "7",
        "joined_late-extra_days": "5",
        "rubric": "Thought: Nothing 0, Much 100",
        "counts": "signature",
        "spread-order": "newer",
        "worth-kind": "each",
        "satisfactory_at": "80",
    }
    post(signed_in, NEW, **RULE, **folded)
    url = f"{HERE}/assignments/c4t-1"
    shown = signed_in.get(url).text
    for says in (
        "say who you are",
        "3 sentences",
        "80 words",
        "signature",
        "once the blog’s owner has approved it",
        "“Thought”",
        "80%",
    ):
        assert says in shown
    again = filled_in(shown)
    ticked = {name: [folded[name]] for name in ("conditions-introduces-at_least", "late-taken", "counts")}
    assert {name: again[name] for name in folded} == {**folded, **ticked}
    post(signed_in, url, **again)
    assert len(rules(app)) == 1


@pytest.mark.one_database
def test_a_deadline_in_a_skipped_hour_is_said_beside_its_field(app: Flask, signed_in: FlaskClient) -> None:
    answer = post(signed_in, NEW, **{**RULE, "opens": "", "comments_due": "2027-03-14T02:30"})
    assert answer.status_code == 422
    error = LexborHTMLParser(answer.text).css_first("#comments_due-error")
    assert error is not None
    assert "2:30 AM on Sunday, March 14 does not exist in America/Chicago" in error.text()
    assert "Take 1:30 AM or 3:30 AM." in error.text()
    assert 'value="2027-03-14T02:30"' in answer.text
    assert rules(app) == []


def give(app: Flask, cast: Cast) -> None:
    """An assignment and a followed blog, ready for a list."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        make.add_assignment(course, "c4t-2")
        blog = make.add_blog("Half Past Recess", home_url="http://recess.example/")
        make.follow(course, blog)
        db.session.add(BlogAddress(blog_id=blog.id, key="recess.example"))
        db.session.get_one(Enrollment, cast.student_id).external_id = "s501"
        db.session.commit()


def allocations(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Allocation.enrollment_id)))


def test_a_list_of_blogs_is_checked_before_it_is_saved(
    app: Flask, cast: Cast, signed_in: FlaskClient
) -> None:
    give(app, cast)
    url = f"{HERE}/assigned-blogs"
    checked = post(signed_in, url, text="blog_url,student_id,round\nhttp://recess.example/,s501,2\n")
    assert "1 blog to assign." in checked.text
    assert allocations(app) == []
    found = SIGNED.search(checked.text)
    assert found
    for _ in range(2):
        assert post(signed_in, f"{url}/apply", url, given=found[1]).status_code == 302
    assert allocations(app) == [cast.student_id]
    assert "Half Past Recess" in signed_in.get(f"{HERE}/assignments/c4t-2").text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("http://elsewhere.example/,s501,c4t-2", "not followed yet", id="blog"),
        pytest.param("http://recess.example/,s999,c4t-2", "no student", id="student"),
        pytest.param("http://recess.example/,s501,c4t-9", "no assignment", id="round"),
    ],
)
def test_a_list_that_names_what_is_not_there_is_refused_with_its_line(
    app: Flask, cast: Cast, signed_in: FlaskClient, line: str, says: str
) -> None:
    give(app, cast)
    answer = post(signed_in, f"{HERE}/assigned-blogs", text=f"blog_url,student_id,round\n{line}\n")
    assert answer.status_code == 422
    assert "Line 2" in answer.text
    assert says in answer.text
    assert line in answer.text


def test_an_altered_list_is_not_saved(app: Flask, cast: Cast, signed_in: FlaskClient) -> None:
    give(app, cast)
    url = f"{HERE}/assigned-blogs"
    for value in ("", "nonsense", "x.y"):
        assert post(signed_in, f"{url}/apply", url, given=value).status_code == 409
    assert allocations(app) == []


def test_an_assistant_of_a_section_reads_the_rule_and_changes_nothing(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    give(app, cast)
    sign_in(client, cast.assistant)
    shown = client.get(f"{HERE}/assignments/c4t-2").text
    assert "What students see" in shown
    assert "Save as version" not in shown
    assert client.get(f"{HERE}/assignments").status_code == 200
    assert client.get(NEW).status_code == 404
    answer = post(client, f"{HERE}/assignments/c4t-2", f"{HERE}/review", **RULE, seen_version="1")
    assert answer.status_code == 404


def test_the_other_instructor_finds_nothing(app: Flask, client: FlaskClient, cast: Cast) -> None:
    give(app, cast)
    sign_in(client, cast.other_instructor)
    for path in ("assignments", "assignments/c4t-2", "new-assignment", "assigned-blogs"):
        assert client.get(f"{HERE}/{path}").status_code == 404

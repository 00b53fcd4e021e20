"""poll, rematch, regrade, comments, status: what is printed, written as JSON, and left alone."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, select, update

from tests.cli.conftest import Shell, show_comments
from tests.support.blog_server import BlogServer
from tracker import clock
from tracker.extensions import db
from tracker.matching.decide import COURSE_NAMED
from tracker.models import Course, GradingState, Linkage, RequirementVerdict

POLL = ["url", "blog", "outcome", "moved_to", "http_status", "error_class", "error", "entries", "stored"]
POLL += ["new", "edited", "gap", "seconds"]
COMMENT = ["blog", "feed", "post", "permalink", "guid", "author", "author_url", "posted_at"]
COMMENT += ["first_seen_at", "decision", "student_id", "evidence", "title", "text"]
STATUS = ["student_id", "assignment", "requirements", "counted", "not_counted", "companion_post", "grade"]


def test_poll_reports_every_feed_and_a_second_one_stores_nothing(term: Shell, blog: BlogServer) -> None:
    before = term.facts()
    rows = term.rows("poll", "--all")
    assert [list(row) for row in rows] == [POLL, POLL]
    by_url = {row["url"]: row for row in rows}
    comments = by_url[blog.url("/comments/feed/atom/")]
    assert (comments["outcome"], comments["http_status"], comments["new"]) == ("ok", 200, 0)
    assert {row["blog"] for row in rows} == {"Room Nine"}
    assert term.facts() == before


def test_poll_prints_what_is_new(term: Shell, blog: BlogServer) -> None:
    show_comments(blog, 4)
    said = term("poll", "--all").stdout
    assert "2 of 2 feeds checked: 2 ok." in said
    assert "1 new, 0 edited, 0 gaps." in said


def test_feed_that_is_not_due_is_skipped_with_a_reason(term: Shell, blog: BlogServer) -> None:
    feed = blog.url("/comments/feed/atom/")
    assert "0 of 0 feeds checked: none due." in term("poll", "--due").stdout
    rows = term.rows("poll", "--feed", feed)
    assert [(row["url"], row["outcome"]) for row in rows] == [(feed, "skipped")]
    assert "Not due before" in rows[0]["error"]
    assert "0 of 0 feeds checked: 1 skipped." in term("poll", "--feed", feed).stdout
    assert [row["outcome"] for row in term.rows("poll", "--feed", feed, "--all")] == ["ok"]


def test_failure_of_one_feed_is_exit_code_10_and_a_sentence(term: Shell, blog: BlogServer) -> None:
    blog.set("/comments/feed/atom/", status=500)
    blog.set("/feed/atom/", status=410)
    rows = term.rows("poll", "--course", "edt320", "--all", code=10)
    assert sorted((row["outcome"], row["error_class"], row["http_status"]) for row in rows) == [
        ("error", "http-5xx", 500),
        ("gone", "http-4xx", 410),
    ]
    said = term("poll", "--all", code=10).stdout
    assert f"error: {blog.url('/comments/feed/atom/')}: " in said


def test_poll_says_once_how_to_be_reachable_for_owners(term: Shell) -> None:
    term.app.config["CONTACT"] = ""
    said = term("poll", "--due")
    assert said.stderr.count("Set TRACKER_CONTACT to") == 1
    assert "TRACKER_CONTACT" not in said.stdout
    term.app.config["CONTACT"] = "mailto:ines@harlan.example"
    assert "TRACKER_CONTACT" not in term("poll", "--due").output
    term.app.config |= {"CONTACT": "", "BASE_URL": "https://tracker.harlan.example"}
    assert "TRACKER_CONTACT" not in term("poll", "--due").output


def test_dry_poll_names_the_feeds_and_asks_nobody(term: Shell, blog: BlogServer) -> None:
    before, asked = term.dump(), len(blog.requests)
    said = term("poll", "--all", "--dry-run").stdout
    assert f"would check {blog.url('/feed/atom/')} (Room Nine)" in said
    assert "2 of 2 feeds are due. Nothing was fetched." in said
    assert "0 of 2 feeds are due." in term("poll", "--dry-run").stdout
    assert (term.dump(), len(blog.requests)) == (before, asked)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param("poll --course none", "There is no course with the key 'none'.", id="course"),
        pytest.param(
            "poll --feed http://no.example/", "No course follows a feed with the address", id="feed"
        ),
        pytest.param("poll --json /no/such/folder/x", "its folder does not exist", id="file"),
        pytest.param("rematch --course none", "There is no course", id="rematch"),
        pytest.param("regrade --as-of yesterday", "'yesterday' is not a time", id="instant"),
        pytest.param("status --course edt320 --as-of 2024-13-01", "is not a time", id="no-such-month"),
        pytest.param("status --course none", "There is no course", id="status"),
        pytest.param("comments --course none", "There is no course", id="comments"),
        pytest.param("comments", "Missing option '--course'", id="no-course"),
    ],
)
def test_misuse_is_exit_code_2_and_writes_nothing(
    shell: Shell, course: str, words: str, sentence: str
) -> None:
    before = shell.dump()
    result = shell(*words.split(), code=2)
    assert sentence in " ".join(result.stderr.split())
    assert (result.stdout, shell.dump()) == ("", before)


def test_comments_are_listed_with_whom_they_are_linked_to(term: Shell, blog: BlogServer) -> None:
    rows = term.rows("comments", "--course", "edt320")
    assert [list(row) for row in rows] == [COMMENT] * 3
    assert sorted((row["guid"][-1], row["decision"], row["student_id"]) for row in rows) == [
        ("1", "accept", "s0001"),
        ("2", "accept", "s0001"),
        ("3", "ignore", None),
    ]
    first = next(row for row in rows if row["guid"].endswith("-1"))
    assert first["feed"] == blog.url("/comments/feed/atom/")
    assert (first["post"], first["posted_at"]) == (blog.url("/a-quiet-week/"), "2024-10-05T15:00:00Z")
    assert first["evidence"]
    assert (
        "3 comments: 2 accepted, 0 to review, 1 not by students."
        in term("comments", "--course", "edt320").stdout
    )


def test_comments_that_name_the_course_and_fit_nobody_are_counted_apart(term: Shell) -> None:
    with term.app.app_context():
        linkage = db.session.scalars(select(Linkage).where(Linkage.verdict == "ignore")).one()
        linkage.reason = COURSE_NAMED
        db.session.commit()
    assert (
        "3 comments: 2 accepted, 0 to review, 0 not by students, 1 by unknown writers who name the course."
        in term("comments", "--course", "edt320").stdout
    )


def test_status_says_where_every_student_stands_as_of_an_instant(term: Shell, blog: BlogServer) -> None:
    rows = term.rows("status", "--course", "edt320")
    assert [list(row) for row in rows] == [STATUS, STATUS]
    by_student = {row["student_id"]: row for row in rows}
    ada, post = by_student["s0001"], blog.url("/a-quiet-week/")
    assert ada["counted"] == [f"{post}#comment-1"]
    assert ada["not_counted"] == [{"permalink": f"{post}#comment-2", "reason": "same-post"}]
    assert (ada["companion_post"], ada["grade"]) == ("", "not yet")
    assert ada["requirements"] == [
        {"key": "comment-1", "state": "met", "reason": "on-time"},
        {"key": "comment-2", "state": "not_found_yet", "reason": "not-found"},
    ]
    early = term.rows("status", "--course", "edt320", "--as-of", "2024-10-02T00:00:00Z")
    waiting = next(row for row in early if row["student_id"] == "s0002")
    assert {one["state"] for one in waiting["requirements"]} == {"not_due"}
    assert waiting["grade"] is None
    said = term("status", "--course", "edt320").stdout
    assert "c4t-1 comment-1: 1 met" in said


def test_json_on_standard_output_is_nothing_but_json(term: Shell, blog: BlogServer) -> None:
    for words in ("poll --all", "comments --course edt320", "status --course edt320"):
        lines = term(*words.split(), "--json", "-").stdout.splitlines()
        assert all(isinstance(json.loads(line), dict) for line in lines)
        assert len(lines) >= 2
    followed = term("follow", blog.url("/"), "--course", "edt320", "--json", "-").stdout
    assert json.loads(followed)["already"] is True


def test_matching_and_grading_again_change_nothing(term: Shell) -> None:
    before = term.dump()
    assert "3 comments matched again: 0 linkages and 0 verdicts changed." in term("rematch").stdout
    assert "0 verdicts changed." in term("regrade", "--course", "edt320").stdout
    assert term.dump() == before


def test_dry_regrade_as_of_another_instant_writes_nothing(term: Shell) -> None:
    before = term.dump()
    when = ("--as-of", "2024-10-02T00:00:00Z", "--course", "edt320")
    said = term("regrade", *when, "--dry-run").stdout
    assert "3 verdicts would change." in said
    assert "would change" in term("rematch", *when, "--dry-run").stdout
    assert term.dump() == before
    assert "3 verdicts changed." in term("regrade", *when).stdout
    assert term.dump() != before


@pytest.mark.parametrize("words", [("recompute",), ("poll", "--due")])
def test_verdicts_that_an_upgrade_dropped_are_there_again(term: Shell, words: tuple[str, ...]) -> None:
    assert term("recompute").stdout == "", "nothing is lacking"
    with term.app.app_context():
        db.session.execute(update(Course).values(archived_at=clock.now()))
        for table in (RequirementVerdict, GradingState):
            db.session.execute(delete(table))
        db.session.commit()
    said = term(*words).stdout
    assert ("edt320: 0 linkages and 4 verdicts computed again." in said) is (words == ("recompute",))
    with term.app.app_context():
        assert len(db.session.scalars(select(RequirementVerdict)).all()) == 4

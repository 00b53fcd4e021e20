from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tracker.demo.blogosphere.addresses import answer, comment_url, post_url
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, Serves
from tracker.demo.blogosphere.http_texts import Request
from tracker.demo.course import make_course
from tracker.demo.edge_cases import EDGE_CASES
from tracker.demo.records import DemoCourse, TruthRow
from tracker.domain.states import State


@pytest.fixture(scope="module")
def course() -> DemoCourse:
    return make_course(port=8020)


def row_of(course: DemoCourse, why: str, requirement: str) -> TruthRow:
    return next(row for row in course.truth if row.why == why and row.requirement == requirement)


def comment_at(course: DemoCourse, permalink: str) -> tuple[DemoBlog, DemoComment]:
    return next(
        (blog, comment)
        for blog in course.blogosphere.blogs
        for comment in blog.comments
        if comment_url(blog, comment) == permalink
    )


def test_same_seed_makes_the_same_course() -> None:
    one, other = make_course(seed=7), make_course(seed=7)
    assert (one.roster, one.truth, one.authors, one.receipts) == (
        other.roster,
        other.truth,
        other.authors,
        other.receipts,
    )
    texts = [
        [comment.html for blog in each.blogosphere.blogs for comment in blog.comments]
        for each in (one, other)
    ]
    assert texts[0] == texts[1]


def test_another_seed_makes_another_course() -> None:
    assert make_course(seed=7).roster != make_course(seed=8).roster


def test_every_student_has_a_truth_for_every_requirement(course: DemoCourse) -> None:
    assert Counter(row.student_id for row in course.truth) == {row.student_id: 3 for row in course.roster}
    assert {row.requirement for row in course.truth} == {"comment-1", "comment-2", "summary"}


def test_every_edge_case_occurs(course: DemoCourse) -> None:
    assert Counter(course.classes.values()) == {
        "certain": 28 - 9,
        "review": 4,
        "cannot_see": 2,
        "one_found": 2,
        "none": 1,
    }
    assert len(EDGE_CASES) == 24


def test_counted_comments_and_companions_exist_at_their_addresses(course: DemoCourse) -> None:
    sphere = course.blogosphere
    comments = {comment_url(blog, comment) for blog in sphere.blogs for comment in blog.comments}
    posts = {post_url(blog, post) for blog in sphere.blogs for post in blog.posts}
    for row in course.truth:
        assert set(row.permalinks) <= comments
        assert not row.companion or row.companion in posts


def test_met_comments_were_posted_inside_the_window_and_seen_by_a_night(course: DemoCourse) -> None:
    plan = course.assignments[0]
    for row in course.truth:
        if row.state is State.MET and row.requirement != "summary":
            _, comment = comment_at(course, row.permalinks[0])
            assert plan.opens <= comment.posted_at < plan.comments_due + timedelta(minutes=1)
            assert any(comment.is_visible(night) for night in course.nights)


def test_redated_summary_appears_after_nights_that_did_not_show_it(course: DemoCourse) -> None:
    row = next(row for row in course.truth if row.state is State.DATE_QUESTIONABLE)
    blog, summary = next(
        (blog, post)
        for blog in course.blogosphere.blogs
        for post in blog.posts
        if post_url(blog, post) == row.companion
    )
    unseen = [night for night in course.nights if summary.published < night and not summary.is_visible(night)]
    assert len(unseen) == 2
    assert summary in blog.visible_posts(course.as_of)


def test_late_comment_is_half_an_hour_past_the_due_minute(course: DemoCourse) -> None:
    row = row_of(course, "half an hour past the bound, in another zone", "comment-2")
    blog, comment = comment_at(course, row.permalinks[0])
    assert row.state is State.LATE
    assert comment.posted_at.astimezone(course.zone).strftime("%a %H:%M") == "Mon 00:30"
    page = answer(blog, Request(post_url(blog, comment.post).removeprefix(blog.home_url[:-1])), course.as_of)
    assert "October 25, 2026 at 10:30 PM" in page.body.decode()


def test_comment_approved_late_is_never_in_the_sites_feed_and_then_in_the_posts_own(
    course: DemoCourse,
) -> None:
    row = row_of(course, "approved late, receipt on time", "comment-2")
    blog, comment = comment_at(course, row.permalinks[0])
    guid = f"#comment-{comment.number}<".encode()
    own = post_url(blog, comment.post).removeprefix(blog.home_url[:-1]) + "feed/"
    in_site = [guid in answer(blog, Request("/comments/feed/"), night).body for night in course.nights]
    in_post = [guid in answer(blog, Request(own), night).body for night in course.nights]
    assert not any(in_site)
    assert in_post == [comment.is_visible(night) for night in course.nights]
    assert 0 < sum(in_post) < len(in_post)
    assert course.receipts[0].url.endswith(f"#comment-{comment.number}")
    assert course.receipts[0].saved_at - comment.posted_at == timedelta(minutes=1)


def test_all_other_comments_pass_through_a_nightly_window(course: DemoCourse) -> None:
    """Ten a night are never exceeded, so polling once a night loses nothing that a feed may show."""
    late = row_of(course, "approved late, receipt on time", "comment-2").permalinks[0]
    for blog in course.blogosphere.blogs:
        if blog.serves is Serves.BLOGGER:
            continue
        seen: set[int] = set()
        for night in course.nights:
            if not blog.outage(night):
                seen |= {comment.number for comment in blog.visible_comments(night)[: blog.window]}
        missed = [
            comment_url(blog, comment)
            for comment in blog.comments
            if any(comment.is_visible(night) and not blog.outage(night) for night in course.nights)
            and comment.posted_at > course.nights[0]
            and comment.number not in seen
        ]
        assert missed in ([], [late])


def test_twins_share_a_name_and_not_a_section(course: DemoCourse) -> None:
    names = Counter((row.given_name, row.family_name) for row in course.roster)
    twins = [row for row in course.roster if names[row.given_name, row.family_name] == 2]
    assert len(twins) == 2
    assert {twin.section for twin in twins} == {"1", "2"}
    assert len({twin.blog_url for twin in twins}) == 2


def test_class_blogs_are_told_apart_by_more_than_a_slip(course: DemoCourse) -> None:
    assert len(set(course.class_blogs)) == len(course.roster)


def test_nights_are_at_quarter_past_two_through_the_clock_change(course: DemoCourse) -> None:
    assert len(course.nights) == 22
    assert {night.astimezone(course.zone).strftime("%H:%M") for night in course.nights} == {"02:15"}
    assert course.nights[-1] == datetime(2026, 11, 2, 8, 15, tzinfo=UTC)
    assert course.nights[0] == datetime(2026, 10, 12, 7, 15, tzinfo=UTC)


def test_truth_is_written_as_json_lines(course: DemoCourse, tmp_path: Path) -> None:
    course.dump_truth(tmp_path / "truth.jsonl")
    lines = (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["student_id"] for line in lines] == [row.student_id for row in course.truth]


def test_roster_file_has_a_line_for_each_student(course: DemoCourse) -> None:
    lines = course.roster_csv().decode().splitlines()
    assert (
        lines[0] == "student_id,given_name,family_name,preferred_name,email,blog_url,aliases,twitter,section"
    )
    assert len(lines) == 29
    assert course.allocations_csv().decode().count("2026-10-25") == 28


def test_course_may_start_on_another_day() -> None:
    course = make_course(start=date(2026, 8, 31), weeks=4)
    assert course.assignments[0].comments_due.isoformat() == "2026-09-13T23:59:00-05:00"
    assert len(course.nights) == 29


def test_too_small_a_course_is_refused() -> None:
    with pytest.raises(ValueError, match="At least 24 students"):
        make_course(students=20)

"""Primitive 4: where the items of a part count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.grading.cases import CHICAGO
from tests.grading.weeks import BLOGS, TERM_OVER, at, doer, judged, met, on, rule
from tracker.domain.assignment import Quota, Where
from tracker.domain.grade import AllocationFact, BlogSight
from tracker.grading.judging.credit import judge_student

TWO = Quota(2)


@pytest.mark.parametrize("where", [Where.LISTED, Where.FOLLOWED, Where.CLASSMATES, Where.SECTION])
def test_comments_count_on_the_blogs_of_the_place_and_nowhere_else(where: Where) -> None:
    student = replace(doer(*at(on(1), on(2), blogs=(5, 6))), places={"comment": frozenset({5})})
    judgment = judged(rule(TWO, where=where), student)
    assert [one.state for one in judgment.verdicts] == ["met", "not_found_yet"]
    assert [(one.comment_id, one.reason) for one in judgment.not_counted] == [(2, "other-blog")]


def test_a_place_without_any_blog_can_not_be_seen() -> None:
    student = replace(doer(), places={"comment": frozenset()})
    assert {one.reason for one in judged(rule(TWO), student).verdicts} == {"no-blog-allocated"}


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        pytest.param(AllocationFact(5), 3, id="the blog"),
        pytest.param(AllocationFact(5, author="ada"), 2, id="one author, and whom nobody names"),
        pytest.param(AllocationFact(5, post_key="5/1"), 1, id="one post"),
        pytest.param(AllocationFact(6), 0, id="another blog"),
    ],
)
def test_on_a_shared_blog_an_author_or_a_post_may_be_meant(given: AllocationFact, counts: int) -> None:
    first, second, third = at(on(1), on(2), on(3), blogs=(5, 5, 5))
    mine = (replace(first, author="ada"), replace(second, author="ben"), third)
    student = replace(doer(*mine), allocations=(given,))
    assert met(rule(Quota(3), where=Where.ALLOCATED), student) == counts


def test_a_blog_that_shows_no_comments_holds_nobody_up_where_there_is_a_choice() -> None:
    terms, student = rule(Quota(1)), doer()
    for can_be_seen, state in ((lambda blog: blog != 5, "not_found_yet"), (lambda _: False, "cannot_see")):
        sights = {blog: BlogSight(blog, can_be_seen(blog), TERM_OVER) for blog in BLOGS}
        judgment = judge_student(terms, student, sights, {}, TERM_OVER, CHICAGO)
        assert [one.state for one in judgment.verdicts] == [state]


@pytest.mark.parametrize(
    ("author", "counted"), [("ada", (1, 3)), ("ben", (2, 3)), ("cleo", (3,)), ("", (1, 2, 3))]
)
def test_where_an_author_is_given_theirs_count_and_those_of_nobody(
    author: str, counted: tuple[int, ...]
) -> None:
    first, second, third = at(on(1), on(2), on(3), blogs=(5, 5, 5))
    mine = (replace(first, author="ada"), replace(second, author="ben"), third)
    student = replace(doer(*mine), allocations=(AllocationFact(5, author=author),))
    assert judged(rule(Quota(3), where=Where.ALLOCATED), student).counted == counted


def test_a_part_of_which_no_place_is_known_can_not_be_seen() -> None:
    student = replace(doer(*at(on(1))), places={})
    assert [one.reason for one in judged(rule(Quota(1)), student).verdicts] == ["no-blog-allocated"]

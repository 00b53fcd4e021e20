"""A comment found again in a student's own later post, as summaries quote it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.matching.cast import BLOG, COURSE, JANE, OCT_20, TOM, comment, decide, kinds, roster
from tracker.domain.linkage import Match, MatchVerdict
from tracker.domain.roster import ClassBlogPost
from tracker.matching.candidates import RosterIndex, index_roster

WORDS = (
    "Your photograph of the paper bridges convinced me that measuring twice is half of science. "
    "I would let every group test the bridge of another group before anybody hears a grade."
)
SUMMARY = f"<p>I read two posts this month. I wrote:</p><blockquote>{WORDS}</blockquote><p>He answered.</p>"
LATER = OCT_20 + timedelta(days=6)


def post(
    who: int = JANE,
    html: str = SUMMARY,
    at: datetime | None = LATER,
    url: str = "http://okonedojaneedt320.blogspot.com/x",
) -> ClassBlogPost:
    return ClassBlogPost(who, url, at, html=html)


def among(*posts: ClassBlogPost) -> RosterIndex:
    return index_roster(roster(), COURSE, (), [BLOG], posts)


def judged(*posts: ClassBlogPost, html: str = WORDS, author: str = "wildflower") -> Match:
    return decide(comment(f"<p>{html}</p>", author=author), among(*posts))


def test_comment_quoted_in_the_summary_is_proposed_with_the_post_as_its_reason() -> None:
    assert judged().reason == "nobody"
    match = judged(post())
    assert match.verdict is MatchVerdict.REVIEW
    assert match.candidates[0].enrollment_id == JANE
    [quoted] = [each for each in match.candidates[0].evidence if each.kind == "quoted"]
    assert (quoted.known, quoted.where, quoted.bits) == (
        "http://okonedojaneedt320.blogspot.com/x",
        "text",
        8.0,
    )
    assert quoted.seen.startswith("Your photograph of the paper bridges")
    assert quoted.params == {"percent": 100}


@pytest.mark.parametrize(
    "quoting",
    [
        pytest.param(post(at=OCT_20 - timedelta(days=1)), id="a post from before the comment"),
        pytest.param(post(at=OCT_20 + timedelta(days=61)), id="a post from months after"),
        pytest.param(post(html=f"<p>{WORDS[: len(WORDS) // 2]}</p>"), id="half of it"),
        pytest.param(
            post(url="http://edt320.blogspot.com/2026/10/our-best.html"), id="the course's own blog"
        ),
        pytest.param(post(who=99), id="somebody who is not enrolled"),
        pytest.param(post(html="<p>Nothing of the kind.</p>"), id="another text"),
    ],
)
def test_what_quotes_nothing_proposes_nobody(quoting: ClassBlogPost) -> None:
    assert judged(quoting).reason == "nobody"


def test_comment_quoted_on_two_students_blogs_says_nothing_of_either() -> None:
    match = judged(post(), post(TOM, url="http://osheathomasedt320.blogspot.com/y"))
    assert (match.verdict, match.candidates) == (MatchVerdict.IGNORE, ())


def test_two_posts_of_one_student_that_quote_it_count_once() -> None:
    once = judged(post()).candidates[0].bits
    twice = judged(post(), post(url="http://okonedojaneedt320.blogspot.com/again")).candidates[0].bits
    assert once == twice


@pytest.mark.parametrize(
    ("cut", "percent"), [pytest.param(0, 100, id="all of it"), pytest.param(6, 79, id="but for six words")]
)
def test_evidence_tells_how_much_is_quoted(cut: int, percent: int) -> None:
    words = WORDS.split()
    quoting = post(html=f"<p>{' '.join(words[: len(words) - cut])}</p>")
    [quoted] = [each for each in judged(quoting).candidates[0].evidence if each.kind == "quoted"]
    assert quoted.params == {"percent": percent}


def test_short_comment_is_everybodys() -> None:
    short = "Thank you so much for sharing this."
    assert judged(post(html=f"<p>{short}</p>"), html=short).reason == "nobody"


def test_quotation_alone_is_never_accepted_nor_against_another_name() -> None:
    assert judged(post(), author="Jane").verdict is MatchVerdict.REVIEW
    contradicted = judged(post(), author="Tom O'Shea")
    assert contradicted.verdict is MatchVerdict.REVIEW
    jane = next(each for each in contradicted.candidates if each.enrollment_id == JANE)
    assert any(piece.veto for piece in jane.evidence)


def test_undated_comment_or_post_may_be_quoted() -> None:
    undated = decide(comment(f"<p>{WORDS}</p>", author="wildflower", at=None), among(post()))
    assert "quoted" in kinds(undated)
    assert "quoted" in kinds(judged(post(at=None)))


def test_order_of_the_posts_makes_no_difference() -> None:
    posts = [post(), post(url="http://okonedojaneedt320.blogspot.com/z"), post(TOM, html="<p>Other.</p>")]
    assert judged(*posts) == judged(*reversed(posts))

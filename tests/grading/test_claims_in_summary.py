"""What a summary claims beside what the comments say (PRODUCT S18). Names are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.grading.cases import PHRASING
from tracker.grading.claims_in_summary import Claims, Commented, compare_claims, read_claims
from tracker.wording.verdict_sentences import SUMMARY_CLAIMS

ZONE = ZoneInfo("America/Chicago")
BLOG, OWN = "http://room9.example", "http://noor.example"
COMMENTABLE = {"room9.example"}
T0 = datetime(2026, 10, 16, 17, 0, tzinfo=UTC)
CHALK = Commented("room9.example/2026/chalk", "Chalk", T0)
TIDES = Commented("room9.example/2026/tides", "Tides", T0 + timedelta(days=2))


def link(path: str, shown: str = "a post") -> str:
    return f'<a href="{BLOG}{path}">{shown}</a>'


BOTH = f"<p>Comment #1: {link('/2026/chalk')}</p><p>Comment #2: {link('/2026/tides#comment-7')}</p>"


def differences(html: str, *commented: Commented) -> tuple[str, ...]:
    found = compare_claims(read_claims(html, COMMENTABLE, OWN), commented)
    return PHRASING.say_all(SUMMARY_CLAIMS, found)


def test_summary_that_links_both_posts_in_order_agrees() -> None:
    assert differences(BOTH, CHALK, TIDES) == ()


@pytest.mark.parametrize(
    ("html", "says"),
    [
        pytest.param(
            f"{BOTH}<p>{link('/2026/maps', 'Maps')}</p>",
            ("It links to “Maps”, but we have no comment of theirs there.",),
            id="links a post without a comment",
        ),
        pytest.param(
            f"<p>{link('/2026/chalk')}</p>",
            ("They commented on “Tides”, Sun, Oct 18, 12:00 PM CDT, but it does not link to that post.",),
            id="leaves one out",
        ),
        pytest.param(
            f"<p>{link('/2026/tides')} {link('/2026/chalk')}</p>",
            ("It describes “Tides” first, but the first comment was on “Chalk”.",),
            id="tells them the other way round",
        ),
        pytest.param(
            f"{BOTH}<p>My third comment is coming.</p>",
            ("It mentions 3 comments, but we found 2.",),
            id="speaks of more comments",
        ),
        pytest.param(
            f"<p>I read {link('/', 'Room Nine')} with joy.</p>",
            (
                "They commented on “Chalk”, Fri, Oct 16, 12:00 PM CDT, but it does not link to that post.",
                "They commented on “Tides”, Sun, Oct 18, 12:00 PM CDT, but it does not link to that post.",
                "It links to “Room Nine”, the blog as a whole, and to none of its posts.",
            ),
            id="links the blog only",
        ),
    ],
)
def test_what_differs_is_said_in_sentences(html: str, says: tuple[str, ...]) -> None:
    assert differences(html, CHALK, TIDES) == says


def test_comments_for_another_assignment_are_known_and_not_asked_for() -> None:
    earlier = Commented("room9.example/2026/maps", "Maps", T0 - timedelta(days=30), is_credited=False)
    assert differences(f"{BOTH} {link('/2026/maps')}", earlier, CHALK, TIDES) == ()
    assert differences(BOTH, earlier, CHALK, TIDES) == ()


def test_links_elsewhere_claim_nothing() -> None:
    html = f'<a href="{OWN}/old">mine</a> <a href="http://tool.example/x">a tool</a> <a href="/about">me</a>'
    assert read_claims(html, COMMENTABLE, OWN) == Claims()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("Comment #1 and Comment #2", 2, id="numbered"),
        pytest.param("My first comment and the second one", 1, id="first"),
        pytest.param("comment two: Comment No. 3", 3, id="words and numbers"),
        pytest.param("a comment 2026 later", 0, id="a year"),
        pytest.param("Comment 10 of 12", 0, id="a count of theirs"),
        pytest.param("I left comments.", 0, id="none"),
    ],
)
def test_highest_number_given_to_a_comment_is_read(text: str, named: int) -> None:
    assert read_claims(text, ()).named == named

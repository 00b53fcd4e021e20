"""PRODUCT S23: a post gets a password, and what its blog shows in place of a text lowers nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.support import field
from tests.support.blog_server import BlogServer
from tests.support.field import AFTER, NOW, RSS, TWO, comment, item, rss, wordpress
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.dependencies import Tools
from tracker.jobs.receipts.receipts import save_receipt
from tracker.models import Comment, Enrollment, Linkage

SCHOOL, OWN = "calder.example", "brielle.example"
DAY = timedelta(days=1)
FORM = (
    '<form action="/wp-login.php?action=postpass" method="post"><p>Diese Seite ist geschützt.</p>'
    '<input name="post_password" type="password"></form>'
)
ERROR = "<br />\n<b>Notice</b>: id in <b>/srv/wp/themes/kreide/comments.php</b> on line <b>40</b><br />"
HELD = "<p class='comment-awaiting-moderation'>Votre commentaire attend.</p>"
GATE = "<form><p>Cookies?</p><button>Ja</button></form>"
LINK = f'<p>I wrote about <a href="http://{SCHOOL}/2026/10/marble-runs/">Marble runs</a>.</p>'


def words(number: int, word: str = "ramp") -> str:
    return "<p>" + " ".join(f"{word}{n}" for n in range(number)) + "</p>"


@pytest.fixture
def here() -> Iterator[tuple[BlogServer, Tools]]:
    with field.world() as made:
        yield made


def begin(server: BlogServer, tools: Tools, *students: str, summary: str = "") -> int:
    """Students with a blog to comment on, which asks for 50 words; J1 has a class blog, too."""
    wordpress(server, SCHOOL)
    wordpress(server, OWN)
    made = field.course(
        TWO.format(one=f"http://{OWN}/", two="http://dunmore.example/"), words=50, summary=summary
    )
    field.follow(made, f"http://{SCHOOL}/", now=NOW, tools=tools)
    field.follow(made, f"http://{OWN}/", now=NOW, tools=tools, role="class-blog")
    field.give(made, SCHOOL, *(students or ("J1",)))
    field.look(tools, NOW)
    return made


def say(server: BlogServer, first: str, second: str = "") -> None:
    """The blog shows the comment of J1 and, if there is one, that of J2 on another post."""
    shown = [comment(SCHOOL, 7, "Brielle Okafor", first)]
    if second:
        shown.append(comment(SCHOOL, 8, "Thaddeus Dunmore", second, slug="kites", n=42))
    wordpress(server, SCHOOL, *shown)


def write(server: BlogServer, title: str, html: str) -> None:
    shown = item(title, f"http://{OWN}/2026/10/c4t/", "B", f"http://{OWN}/?p=9", html,
                 "Sun, 25 Oct 2026 20:00:00 +0000")  # fmt: skip
    server.set("/feed/", rss("Brielle teaches", f"http://{OWN}", shown), headers=RSS, host=OWN)


def test_comment_stays_met_when_its_post_gets_a_password(here: tuple[BlogServer, Tools]) -> None:
    """The owner protects it before the due time; another comment is removed meanwhile."""
    server, tools = here
    made = begin(server, tools, "J1", "J2")
    say(server, words(60), words(60, "kite"))
    field.look(tools, AFTER - 6 * DAY)
    met = field.state(made, "J1")
    assert met[0] == "met"
    say(server, FORM, words(60, "kite"))
    field.look(tools, AFTER - 3 * DAY, AFTER, AFTER + DAY)
    assert field.state(made, "J1", at=AFTER + 2 * DAY) == met
    assert field.state(made, "J2", at=AFTER + 2 * DAY)[0] == "met"
    mine = db.session.query(Comment).filter_by(native_number="7").one()
    assert (mine.html, mine.placeholder, mine.gone_since) == (words(60), "password", None)


@pytest.mark.parametrize("placeholder", [FORM, ERROR, HELD, GATE])
def test_comment_first_seen_hidden_cannot_be_seen_and_counts_when_it_is_shown(
    here: tuple[BlogServer, Tools], placeholder: str
) -> None:
    server, tools = here
    made = begin(server, tools)
    say(server, placeholder)
    field.look(tools, AFTER - 3 * DAY, AFTER)
    state, says = field.state(made, "J1")
    assert state == "cannot_see"
    assert "hides its text" in says
    linkage = db.session.query(Linkage).one()
    assert (linkage.verdict, linkage.enrollment_id is not None) == ("accept", True), "the name is enough"
    say(server, words(60))
    field.look(tools, AFTER + 2 * DAY)
    assert field.state(made, "J1", at=AFTER + 3 * DAY)[0] == "met"


def test_comment_too_short_does_not_count_once_it_is_shown(here: tuple[BlogServer, Tools]) -> None:
    server, tools = here
    made = begin(server, tools)
    say(server, FORM)
    field.look(tools, AFTER)
    say(server, words(9))
    field.look(tools, AFTER + DAY)
    assert field.state(made, "J1", at=AFTER + 2 * DAY)[0] == "does_not_count"


def test_receipt_stands_for_a_comment_that_is_hidden(here: tuple[BlogServer, Tools]) -> None:
    server, tools = here
    made = begin(server, tools)
    me = db.session.query(Enrollment.id).filter_by(external_id="J1").scalar()
    at = datetime(2026, 10, 20, 18, tzinfo=UTC)
    link = f"http://{SCHOOL}/2026/10/marble-runs/#comment-7"
    save_receipt(me, link, " ".join(f"ramp{n}" for n in range(60)), Act(at, None))
    field.look(tools, AFTER - 4 * DAY)
    assert field.state(made, "J1")[0] == "in_moderation"
    say(server, FORM)
    field.look(tools, AFTER - 3 * DAY, AFTER)
    assert field.state(made, "J1")[0] == "in_moderation"
    say(server, words(60))
    field.look(tools, AFTER + DAY)
    assert field.state(made, "J1", at=AFTER + 2 * DAY)[0] == "met"


def test_summary_behind_a_password(here: tuple[BlogServer, Tools]) -> None:
    server, tools = here
    made = begin(server, tools, summary="2026-10-25 23:59")
    say(server, words(60))
    write(server, "Protected: C4T #1", FORM)
    field.look(tools, AFTER)
    state, said = field.state(made, "J1", "summary")
    assert state == "cannot_see"
    assert "hidden" in said
    write(server, "C4T #1", LINK)
    field.look(tools, AFTER + DAY)
    assert field.state(made, "J1", "summary", at=AFTER + 2 * DAY)[0] == "met"
    write(server, "Geschützt: C4T #1", "<p>Kein Auszug.</p>")
    field.look(tools, AFTER + 3 * DAY)
    assert field.state(made, "J1", "summary", at=AFTER + 4 * DAY)[0] == "met"


def test_hidden_post_of_another_name_may_be_the_summary_once_it_is_due(
    here: tuple[BlogServer, Tools],
) -> None:
    server, tools = here
    made = begin(server, tools, summary="2026-10-25 23:59")
    write(server, "Beskyttet: Min uge", FORM)
    field.look(tools, AFTER - 3 * timedelta(hours=1))
    early = AFTER - 2.5 * timedelta(hours=1)
    assert field.state(made, "J1", "summary", at=early)[0] == "not_due"
    field.look(tools, AFTER)
    assert field.state(made, "J1", "summary")[0] == "cannot_see"


def _placeholders(text: str) -> list[str]:
    """What may stand in place of a text that was shown before."""
    return [FORM, ERROR, HELD, GATE, "", f"<p>{text[3:40]} […]</p>", "<script>x()</script>", text]


@pytest.mark.parametrize("seed", range(8))
def test_no_placeholder_at_any_check_makes_a_verdict_worse(seed: int) -> None:
    """The same nights, with and without placeholders: while a text was never shown it cannot be seen,
    and from its first sight on every verdict is the same."""
    draw = random.Random(seed)
    texts = [words(60), words(draw.choice((12, 70)), "kite")]
    nights = sorted(draw.sample(range(1, 16), 6))
    seen: set[int] = set()
    plan: list[list[str]] = []
    for _ in nights:
        both = seen == {0, 1} and draw.random() < 0.3
        shown = []
        for n, text in enumerate(texts):
            alone = draw.choice([FORM, ERROR, HELD, GATE])
            instead = draw.choice(_placeholders(text)) if n in seen else alone
            shows = draw.random() < 0.4
            shown.append(text if shows else instead)
            seen |= {n} if shown[-1] == text else set()
        plan.append(["<p>仅限会员。</p>"] * 2 if both else shown)
    plain = _verdicts(nights, [texts] * len(nights), texts)
    hidden = _verdicts(nights, plan, texts)
    for night, ((states, _), (others, was_shown)) in enumerate(zip(plain, hidden, strict=True)):
        for n in range(2):
            expected = states[n] if was_shown[n] else "cannot_see"
            assert others[n] == expected, f"night {nights[night]}, comment {n + 1}"


def _verdicts(
    nights: list[int], plan: list[list[str]], texts: list[str]
) -> list[tuple[list[str], list[bool]]]:
    """After each night the states of both students, and whose text was shown by then."""
    found: list[tuple[list[str], list[bool]]] = []
    was_shown = [False, False]
    with field.world() as (server, tools):
        made = begin(server, tools, "J1", "J2")
        for night, shown in zip(nights, plan, strict=True):
            say(server, *(one or " " for one in shown))
            at = NOW + night * DAY
            field.look(tools, at)
            was_shown = [was or one == text for was, one, text in zip(was_shown, shown, texts, strict=True)]
            states = [field.state(made, who, at=at + DAY / 24)[0] for who in ("J1", "J2")]
            found.append((states, was_shown))
    return found

"""Which bodies are nobody's words: by structure, in any language, and never by a phrase."""

from __future__ import annotations

import pytest

from tracker.domain.feed import Entry, EntryKind, Placeholder, Source
from tracker.feeds.placeholders import Replaced, find_repeated, in_body, in_place_of, is_marked_title

LINK = "https://room-9.example/2026/10/tide-pools/"
TEXT = (
    "<p>Your tide pools made me think of my own class.</p><p>How did you keep the crabs alive over lunch?</p>"
)

FORM = (
    '<form action="https://ardoise.example/wp-login.php?action=postpass" method="post">'
    "<p>Ce contenu est protégé par un mot de passe.</p>"
    '<p><label>Mot de passe : <input name="post_password" type="password" size="20"></label></p></form>'
)

ALONE = [
    pytest.param(FORM, Placeholder.PASSWORD, id="password, French"),
    pytest.param(
        "<p>このコンテンツは保護されています。</p><form><input TYPE='PASSWORD' name=p></form>",
        Placeholder.PASSWORD,
        id="password, Japanese, another program",
    ),
    pytest.param(
        '<div><form method="post"><input type="text" name="post_password"></form></div>',
        Placeholder.PASSWORD,
        id="password shown as it is typed",
    ),
    pytest.param(
        '<em class="comment-awaiting-moderation">Dein Kommentar wartet auf Freischaltung.</em><p>Hallo</p>',
        Placeholder.MODERATION,
        id="moderation, German",
    ),
    pytest.param(
        "<form action='/consentement'><p>Nous utilisons des cookies.</p><button>Accepter</button></form>",
        Placeholder.WALL,
        id="consent form",
    ),
    pytest.param(
        "<script src='/gate.js'></script><noscript>Active JavaScript, por favor.</noscript>",
        Placeholder.WALL,
        id="script",
    ),
    pytest.param("<div><iframe src='https://cmp.example/x'></iframe></div>", Placeholder.WALL, id="frame"),
    pytest.param(
        "<br />\n<b>Warning</b>:  Undefined array key 3 in <b>/srv/www/themes/kreide/comments.php</b>"
        " on line <b>12</b><br />",
        Placeholder.ERROR,
        id="PHP",
    ),
    pytest.param(
        r"<b>Fatal error</b>: x in <b>C:\sites\blog\loop.php</b> on line <b>7</b><p>Nice.</p>",
        Placeholder.ERROR,
        id="PHP on Windows, before a text",
    ),
    pytest.param(
        "<div id='error'><p class='wpdberror'><strong>Error en la base de datos</strong></p></div>",
        Placeholder.ERROR,
        id="database",
    ),
]

WORDS = [
    pytest.param(TEXT, id="words"),
    pytest.param("<p>The page asked me for a password, protected content it said!</p>", id="about passwords"),
    pytest.param("<p>My comment is awaiting moderation on that other blog.</p>", id="about moderation"),
    pytest.param(
        "<p>Read it.</p><form><input type='email'><button>Subscribe</button></form>", id="subscribe"
    ),
    pytest.param("<p>See</p><iframe src='https://video.example/1'></iframe>", id="words with a video"),
    pytest.param("<p>It says <b>error</b> on line <b>12</b> of my poem.</p>", id="bold line"),
    pytest.param("<img src='x.png'>", id="picture"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize(("html", "expected"), ALONE)
def test_body_that_is_nobodys_words(html: str, expected: Placeholder) -> None:
    assert in_body(html, is_comment=True) is expected


@pytest.mark.parametrize("html", WORDS)
@pytest.mark.parametrize("is_comment", [True, False])
def test_body_of_somebodys_words(html: str, *, is_comment: bool) -> None:
    assert in_body(html, is_comment=is_comment) is None


def test_post_may_be_a_video_and_nothing_else() -> None:
    video = "<div><iframe src='https://video.example/1'></iframe></div>"
    assert in_body(video, is_comment=False) is None
    assert in_body("<form><button>Accetta</button></form>", is_comment=False) is Placeholder.WALL


INSTEAD = [
    pytest.param("<p>Your tide pools made me think of […]</p>", Placeholder.EXCERPT, id="ellipsis"),
    pytest.param("Your tide pools made me think of my own cl...", Placeholder.EXCERPT, id="within a word"),
    pytest.param(
        f'<p>Your tide pools made me <a href="{LINK}#more-3">Weiterlesen</a></p>',
        Placeholder.EXCERPT,
        id="link to the whole, German",
    ),
    pytest.param(
        'Your tide pools made me think <a class="more-link" href="/x">続きを読む</a>',
        Placeholder.EXCERPT,
        id="more link, Japanese",
    ),
    pytest.param("<p> </p>", Placeholder.EMPTY, id="nothing"),
    pytest.param("<script>gate()</script>", Placeholder.WALL, id="script"),
    pytest.param(
        "Fatal error: Uncaught Error: no in /var/www/blog/single.php:31\nthrown in /var/www/blog/single.php"
        " on line 31",
        Placeholder.ERROR,
        id="error without markup",
    ),
    pytest.param("<p>Your tide pools made me think of my own class.</p>", None, id="cut by the writer"),
    pytest.param("<p>Your tide pools … were great.</p>", None, id="ellipsis within"),
    pytest.param("<p>I take back what I said…</p>", None, id="other words with an ellipsis"),
    pytest.param(TEXT + "<p>And one more thing…</p>", None, id="a text that grew"),
    pytest.param('<p>See <a href="https://other.example/">my page</a></p>', None, id="a link elsewhere"),
    pytest.param("<p>I put my notes in /home/ida/notes.txt with 12 more</p>", None, id="a file"),
]


@pytest.mark.parametrize(("html", "expected"), INSTEAD)
def test_body_in_place_of_a_text(html: str, expected: Placeholder | None) -> None:
    entry = Entry(EntryKind.COMMENT, Source.RSS, link=LINK + "#comment-4", html=html)
    assert in_place_of(entry, TEXT) is expected


def test_post_that_was_a_text_and_is_a_frame_is_hidden() -> None:
    entry = Entry(EntryKind.POST, Source.RSS, html="<iframe src='https://cmp.example/'></iframe>")
    assert in_place_of(entry, TEXT) is Placeholder.WALL


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("Tide pools", "Geschützt: Tide pools", True),
        ("Tide pools", "Protégé : Tide pools", True),
        ("Tide pools", "保護中：Tide pools", True),
        ("Tide pools", "Tide pools", False),
        ("Tide pools", "More on tide pools", False),
        ("", "Protected: ", False),
    ],
)
def test_mark_before_a_title(before: str, now: str, *, expected: bool) -> None:
    assert is_marked_title(before, now) is expected


def test_one_text_for_several_different_ones_is_nobodys() -> None:
    def replaced(item: int, now: str, *before: str) -> Replaced:
        return Replaced(item, now, frozenset(before))

    assert find_repeated([replaced(1, "x", "a"), replaced(2, "x", "b")]) == {"x"}
    assert find_repeated([replaced(1, "x", "a"), replaced(2, "y", "b")]) == set()
    assert find_repeated([replaced(1, "x", "a"), replaced(1, "x", "a")]) == set(), "one comment, twice"
    assert find_repeated([replaced(1, "x", "a"), replaced(2, "x", "a")]) == set(), "they said the same before"
    assert find_repeated([replaced(1, "x", "a", "x"), replaced(2, "x", "b")]) == set(), (
        "one says what it said"
    )
    assert find_repeated([replaced(1, "x"), replaced(2, "x")]) == set(), "both are new"

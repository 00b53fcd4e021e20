"""What of a comment's body is the writer's own words."""

from __future__ import annotations

import pytest

from tracker.text.cleaning import CleanText, clean, count_words, plain, sanitize

POST = "http://jane.blogspot.com/2026/09/blog-post-4.html"


def set_aside(body: CleanText) -> set[str]:
    return {piece.text.strip() for piece in body.pieces if piece.aside is not None}


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(
            f"\n\n<em>Jane's last blog post..<a href='{POST}'>Blog Post 4</a></em>", id="release 0.9"
        ),
        pytest.param(
            f'<p><em>JANE´s last blog post ..<a href="{POST}">Blog Post 4</a></em></p>', id="acute accent"
        ),
        pytest.param(
            f'<br/><abbr><em>Jane&#180;s last blog ..<a href="{POST}">Blog Post 4</a></em></abbr>', id="abbr"
        ),
        pytest.param(
            f'\n.-= Jane&#180;s last blog ..<a href="{POST}" rel="nofollow">Blog Post 4</a> =-.', id="marks"
        ),
        pytest.param(
            f'<span class="cluv">Jane recently posted..<a class="a 1" href="{POST}">Blog Post 4</a>'
            '<span class="heart_tip_box"><img class="heart_tip" alt="My Profile"/></span></span>',
            id="span",
        ),
        pytest.param(f'<p>Jane schrieb zuletzt …<a href="{POST}">Blog Post 4</a></p>', id="translated"),
        pytest.param(
            f'<p><em>Último artículo de Jane: <a href="{POST}">Blog Post 4</a></em></p>',
            id="translated, colon",
        ),
        pytest.param(f' Jane´s last blog post ..<a href="{POST}">Blog Post 4</a>', id="in the same line"),
    ],
)
def test_plugin_tail_is_set_aside_and_its_link_kept(tail: str) -> None:
    body = clean(f"<p>I liked your lesson very much. Thank you!</p>{tail}")
    assert "\n".join(body.paragraphs) == "I liked your lesson very much. Thank you!"
    assert [link.url for link in body.tails] == [POST]
    assert any("Blog Post 4" in text for text in set_aside(body))


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f'I wrote about it on <a href="{POST}">my blog</a>.', id="a sentence"),
        pytest.param(f'My summary is here: <a href="{POST}">C4T 2</a>', id="announced"),
        pytest.param('Find me at <a href="http://jane.blogspot.com">Jane..</a>', id="home, not a post"),
        pytest.param(f'I like.. <a href="{POST}">{POST}</a>', id="shown as its address"),
        pytest.param(f'See this..<a href="{POST}">post</a> and tell me', id="words after it"),
    ],
)
def test_links_a_writer_put_into_a_sentence_are_no_tail(html: str) -> None:
    assert clean(html).tails == ()


def test_reply_lead_quotation_and_plugin_line_are_set_aside() -> None:
    body = clean(
        '<p>In reply to <a href="http://ann.example/x/#comment-3">Bob Hill</a>.</p><p>Twitter: bobhill</p>'
        "<blockquote><p>Rules are for fools.</p></blockquote><p>I do not think so.</p>"
    )
    assert "\n".join(body.paragraphs) == "I do not think so."
    assert body.quoted == ("Rules are for fools.",)
    assert body.plugin_lines == ("Twitter: bobhill",)
    assert set_aside(body) == {"In reply to Bob Hill.", "Twitter: bobhill", "Rules are for fools."}


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote>Rules are for fools.</blockquote>",
        "<div class='quote'>Rules are for fools.</div>",
        "<p>[quote=Bob]Rules are for fools.[/quote]</p>",
        "<p>[quote]Rules are</p><p>for fools.[/quote]</p>",
        "<p>&gt; Rules are for fools.<br>&gt;<br>&gt;&gt; All of them.</p>",
        "<p>| Rules are for fools.</p>",
        "<p>» Rules are for fools.</p>",
    ],
)
def test_words_that_markup_or_marks_quote_are_not_counted(quotation: str) -> None:
    body = clean(f"{quotation}<p>I do not think so.</p>")
    assert body.paragraphs == ("I do not think so.",)
    assert "fools" in " ".join(body.quoted)


@pytest.mark.parametrize(
    "text",
    ["&gt;_&lt; Oh no!", "&gt;:( Not fair", "&gt;50 of them came", "-&gt; go on", "| a | b |", "[sigh]"],
)
def test_smileys_numbers_and_tables_are_no_quotations(text: str) -> None:
    assert clean(f"<p>{text}</p>").quoted == ()


def test_short_quotation_inside_a_sentence_stays() -> None:
    assert (
        "\n".join(clean("<p>The word <q>rubric</q> frightens me.</p>").paragraphs)
        == "The word rubric frightens me."
    )


@pytest.mark.parametrize(
    ("last_line", "signature"),
    [
        pytest.param("Jane", "Jane", id="first name"),
        pytest.param("- Jane D.", "- Jane D.", id="dash and initial"),
        pytest.param("~jane", "~jane", id="tilde"),
        pytest.param("Jane Doe, EDT 320", "Jane Doe, EDT 320", id="name and course"),
        pytest.param("Great ideas here!", "", id="exclamation"),
        pytest.param("I agree.", "", id="sentence"),
        pytest.param("this was so good to read", "", id="lower case words"),
    ],
)
def test_name_under_the_text_is_a_signature(last_line: str, signature: str) -> None:
    body = clean(f"<p>What a lesson.</p><p>{last_line}</p>")
    assert body.signature == signature
    assert (last_line in "\n".join(body.paragraphs)) is not bool(signature)


def test_only_line_is_never_a_signature() -> None:
    assert "\n".join(clean("Beautiful").paragraphs) == "Beautiful"


def test_signature_of_several_lines_is_set_aside_together() -> None:
    assert clean("What a lesson.<br>Jane Doe<br>EDT 320").signature == "Jane Doe\nEDT 320"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("I don't know", 3, id="apostrophe"),
        pytest.param("I don’t know", 3, id="typographic apostrophe"),
        pytest.param("a well-known 2nd-grade idea", 4, id="hyphens"),
        pytest.param("… -- !!! :-)", 0, id="no words"),
        pytest.param("été à l'école", 3, id="accents"),
        pytest.param("one\ntwo", 2, id="lines"),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    assert count_words(text) == words


def test_line_ends_count_only_where_no_markup_makes_lines() -> None:
    assert clean("One line\nand another").paragraphs == ("One line", "and another")
    assert clean("<p>One line\nand on</p>").paragraphs == ("One line and on",)


def test_plain_text_keeps_everything_and_unescapes_it() -> None:
    assert plain("<p>Fish &amp; chips<br>&lt;b&gt;</p><script>x()</script>") == "Fish & chips\n<b>"


def test_shown_body_has_text_tags_and_safe_links_only() -> None:
    shown = sanitize(
        '<p onclick="x()">Hi <a href="javascript:x()">a</a> '
        '<a href="https://ann.example" target="_top">b</a></p>'
        '<script>x()</script><img src="x"><blockquote><em>c</em></blockquote><iframe src="//x"></iframe>'
    )
    assert shown == (
        '<p>Hi <a rel="noopener noreferrer">a</a> '
        '<a href="https://ann.example" rel="noopener noreferrer">b</a></p>'
        "<blockquote><em>c</em></blockquote>"
    )


def test_deeply_nested_markup_is_survived() -> None:
    assert "\n".join(clean("<div>" * 50 + "end").paragraphs) == "end"
    assert clean("<b>" * 5000 + "end").tails == ()


@pytest.mark.parametrize("twist", ["\u200b", "\u00ad", "\ufeff"])
def test_invisible_characters_do_not_split_words(twist: str) -> None:
    assert "\n".join(clean(f"won{twist}derful").paragraphs) == "wonderful"

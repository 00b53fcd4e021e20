"""What a name does in a text: the role that its place gives it, and whose name it is."""

from __future__ import annotations

import pytest

from tests.matching.cast import BLOG, JANE, comment, decide, index, student
from tracker.matching.mentions import NamePart
from tracker.matching.reading import read_entry
from tracker.matching.scene import Role
from tracker.matching.text_links import Whose

AMONG = index(student(20, "Grace", "Love"), student(21, "Amina", "Said"), student(22, "Will", "Mark"))
TEXT = "<p>The bridges of paper held more than I would have thought. We should try that, too.</p>"


def roles(html: str, author: str = "x") -> list[tuple[str, Role]]:
    return [(one.shown, one.role) for one in read_entry(comment(html, author=author), AMONG, BLOG).mentions]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(f"{TEXT}<p>Jane</p>", [("Jane", Role.SIGNS)], id="a line of its own"),
        pytest.param(f"{TEXT}<p>jane okonedo</p>", [("jane okonedo", Role.SIGNS)], id="in small letters"),
        pytest.param(f"{TEXT}<p>Love, Jane</p>", [("Jane", Role.SIGNS)], id="a closing that is a surname"),
        pytest.param(f"{TEXT}<p>Grace Love</p>", [("Grace Love", Role.SIGNS)], id="a surname that is a word"),
        pytest.param(f"{TEXT}<p>Jane</p><p>PS: it rained, so we stayed in all the long day.</p>",
                     [("Jane", Role.SIGNS)], id="above a postscript"),
        pytest.param("<p>So it is. Jane</p>", [("Jane", Role.SIGNS)], id="last sentence"),
        pytest.param("<p>So it is – Jane</p>", [("Jane", Role.SIGNS)], id="behind the last dash"),
        pytest.param("<p>Jane Okonedo</p>", [("Jane Okonedo", Role.INTRODUCES)], id="the only line"),
        pytest.param(f"{TEXT}<p>Jane and Tom</p>", [("Jane", Role.SIGNS), ("Tom", Role.SIGNS)], id="two"),
        pytest.param(f"{TEXT}<p>Thanks Jane</p>", [("Jane", Role.UNCLEAR)], id="thanked, or signed"),
        pytest.param(f"{TEXT}<p>@Jane</p>", [("Jane", Role.ADDRESSED)], id="behind an at sign"),
        pytest.param(f"{TEXT}<p>see also Jane, http://a.example/</p>",
                     [("Jane", Role.MENTIONED)], id="label of a link"),
        pytest.param(f"{TEXT}<p><a href='http://a.example/'>Jane</a></p>",
                     [("Jane", Role.LABELS)], id="a link"),
        pytest.param("<p>I am Jane.</p>", [("Jane", Role.INTRODUCES)], id="I am"),
        pytest.param("<p>Jane here, from down the road.</p>", [("Jane", Role.INTRODUCES)], id="here"),
        pytest.param("<p>Jane here to say that I agree.</p>", [("Jane", Role.INTRODUCES)], id="here to say"),
        pytest.param("<p>Jane here makes a good point.</p>", [("Jane", Role.MENTIONED)],
                     id="here, with a verb"),
        pytest.param("<p>Jane again raises the price.</p>", [("Jane", Role.MENTIONED)],
                     id="again, with a verb"),
        pytest.param("<p>Jane qui a dit cela.</p>", [("Jane", Role.MENTIONED)], id="who, with a verb"),
        pytest.param("<p>Jane, from EDT 320.</p>", [("Jane", Role.INTRODUCES)], id="with the course next"),
        pytest.param("<p>The best bridge was Jane's.</p>", [("Jane", Role.MENTIONED)],
                     id="of somebody, at the end"),
        pytest.param("<p>Hi – Jane 'JJ' Okonedo from EDT 320.</p>", [("Jane", Role.INTRODUCES)],
                     id="with a nickname in quotes"),
        pytest.param("<p>Photo: Jane</p><p>So much to see in it.</p>", [("Jane", Role.UNCLEAR)],
                     id="a label of hers, or of another"),
        pytest.param("<p>Jane, I read that in EDT 320.</p>", [("Jane", Role.ADDRESSED)], id="spoken to"),
        pytest.param("<p>Tom O'Shea said so in EDT 320.</p>", [("Tom O'Shea", Role.UNCLEAR)], id="unclear"),
        pytest.param("<p>I sat beside Tom O'Shea.</p>", [("Tom O'Shea", Role.MENTIONED)], id="spoken of"),
        pytest.param(f"<p>Jane Marchbanks</p>{TEXT}", [], id="somebody who is not enrolled"),
        pytest.param("<p>My friend Mary Jane knows.</p>", [], id="half of a stranger's name"),
        pytest.param("<p>I will do it, by the grace of will and love.</p>", [], id="everyday words"),
        pytest.param("<blockquote>I am Jane.</blockquote><p>Good.</p>", [], id="in a quotation"),
    ],
)  # fmt: skip
def test_a_name_does_what_its_place_says(html: str, expected: list[tuple[str, Role]]) -> None:
    assert roles(html) == expected


def test_a_name_inside_the_colleges_name_is_nobodys() -> None:
    among = index(student(30, "Harlan", "Quist"))
    said = comment(f"{TEXT}<p>Jane Okonedo<br>Harlan State</p>", author="Jane Okonedo")
    assert [one.shown for one in read_entry(said, among, BLOG).mentions] == ["Jane Okonedo"]
    assert decide(said, among).enrollment_id == JANE


@pytest.mark.parametrize(
    "html",
    [
        "<p>A friend from EDT 320, Tom O'Shea, has pictures of it.</p>",
        "<p>I have a classmate, Tom O'Shea, and he would love it.</p>",
        "<p>It was Tom O'Shea from my class who told me to look.</p>",
        "<p>A fellow student named Tom O'Shea found your blog for me.</p>",
    ],
)
def test_a_classmate_is_spoken_of_wherever_the_name_stands(html: str) -> None:
    assert roles(f"{html}{TEXT}") == [("Tom O'Shea", Role.MENTIONED)]


@pytest.mark.parametrize("mark", ["'", "’", "ʻ", "ʼ", "‘", "`", ""])
def test_a_name_is_found_with_every_kind_of_apostrophe(mark: str) -> None:
    among = index(student(30, "Makoa", "Hoʻopai"))
    signed = comment(f"{TEXT}<p>Makoa Ho{mark}opai</p>", author="x")
    assert [one.role for one in read_entry(signed, among, BLOG).mentions] == [Role.SIGNS]


def test_name_of_the_blogs_owner_below_a_text_is_in_doubt_unless_the_author_agrees() -> None:
    margaret = student(30, "Margaret", "Quist")
    among = index(margaret)
    signed = comment(f"{TEXT}<p>Margaret</p>", author="x")
    assert read_entry(signed, among, BLOG).mentions[0].role is Role.UNCLEAR
    hers = comment(f"{TEXT}<p>Margaret</p>", author="Margaret Q.")
    assert read_entry(hers, among, BLOG).mentions[0].role is Role.SIGNS


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("Jane Okonedo", NamePart.FULL),
        ("Okonedo, Jane", NamePart.FULL),
        ("Jane Q. Okonedo", NamePart.FULL),
        ("JANE OKONEDO", NamePart.FULL),
        ("Amina Said", NamePart.FULL),
        ("Jane O.", NamePart.INITIAL),
        ("J. Okonedo", NamePart.INITIAL),
        ("Jane", NamePart.GIVEN),
        ("Miss Okonedo", NamePart.SURNAME),
    ],
)
def test_as_much_of_a_name_is_read_as_stands_there(written: str, part: NamePart) -> None:
    [found] = read_entry(comment(f"{TEXT}<p>{written}</p>", author="x"), AMONG, BLOG).mentions
    assert (found.hit.part, found.role) == (part, Role.SIGNS)


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("Stop by my blog {}", Whose.OWN),
        ("I also write, at {}", Whose.OWN),
        ("I liked your post at {}", Whose.OTHERS),
        ("My friend said on her blog {}", Whose.OTHERS),
        ("More of it: {}", Whose.UNSAID),
    ],
)
def test_words_say_whose_a_link_is_or_leave_it_open(words: str, whose: Whose) -> None:
    html = f"<p>{words.format('http://okonedojaneedt320.blogspot.com')}</p>"
    [link] = read_entry(comment(html, author="x"), AMONG, BLOG).links
    assert link.whose is whose


@pytest.mark.parametrize(
    ("html", "is_own"),
    [
        ("<p>I read it for EDT 320.</p>", True),
        ("<p>Jane Okonedo, EDT 320.</p>", True),
        ("<p>Welcome to everybody from EDT 320.</p>", False),
    ],
)
def test_the_course_is_spoken_of_in_the_first_person_or_only_named(html: str, is_own: bool) -> None:
    assert read_entry(comment(html, author="x"), AMONG, BLOG).speaks_of_course is is_own

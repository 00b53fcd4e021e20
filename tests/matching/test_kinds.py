"""Kinds of comments that courses of strangers showed, each in words of our own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matching.cast import (
    BLOG,
    JANE,
    SAM_K,
    TOM,
    comment,
    decide,
    index,
    kinds,
    student,
)
from tracker.domain.linkage import MatchVerdict
from tracker.domain.roster import BlogProfile, Denial, HandleKind
from tracker.matching.handles import PICTURES_OF_NOBODY, avatar_key, handle_taught_by, may_teach
from tracker.matching.learning import lessons_of

ACCEPT, REVIEW, IGNORE = MatchVerdict.ACCEPT, MatchVerdict.REVIEW, MatchVerdict.IGNORE
JANES = "http://okonedojaneedt320.blogspot.com"
TOMS = "http://osheathomasedt320.blogspot.com"


def of_jane(html: str, **more: Any) -> MatchVerdict:
    return decide(comment(html, **{"author": "Jane Okonedo", **more})).verdict


@pytest.mark.parametrize(
    "html",
    [
        "<p>“The bridges of straw held. — Thomas O'Shea” is my favorite line here.</p>",
        "<p>&gt;&gt; I'm Thomas O'Shea from EDT 320.</p><p>Same here!</p>",
        "<p>Thomas O'Shea wrote:</p><p>I read this for EDT 320.</p><p>I would say the same.</p>",
        "<p>Thomas O'Shea: we did this in EDT 320 last week.</p><p>And so did we.</p>",
        "<p><em>My name is Thomas O'Shea, EDT 320.</em></p><p>Funny, I began like that, too.</p>",
        '<p>"Where do you find the straws?" (Thomas O\'Shea)</p><p>I wonder about that as well.</p>',
        "<p>&gt; Where do you find the straws?<br>- Thomas O'Shea</p><p>I wonder about that as well.</p>",
        "<p>[quote]I'm Thomas O'Shea, EDT 320.[/quote]</p><p>I wonder about that as well.</p>",
        "<p>Quote: Fine post. Thomas O'Shea (EDT 320)</p><p>Unquote. I wonder about that as well.</p>",
        "<p>Thomas O'Shea says:<br>October 20, 2026 at 3:15 pm<br>I'm Thomas O'Shea.</p><p>Same here.</p>",
    ],
)
def test_a_name_in_a_quotation_is_not_the_writers(html: str) -> None:
    match = decide(comment(html, author="Jane Okonedo"))
    assert (match.verdict, match.enrollment_id) == (ACCEPT, JANE)
    assert decide(comment(html, author="sundial77")).enrollment_id is None


@pytest.mark.parametrize(
    "html",
    [
        "<p>&gt; Where do you find the straws?</p><p>- Thomas O'Shea, EDT 320</p>",
        "<p>“Where do you find the straws?”</p><p>Thomas O'Shea, EDT 320</p>",
        "<p>A fine post. I'm Thomas O'Shea from EDT 320.</p><p>My turn now. I wonder about the straws.</p>",
        "<p>A fine post for us all here. Best wishes, Thomas O'Shea</p><p>I would try this with my own class"
        " next year, slowly and with fewer children.</p><p>So long!</p>",
        "<p>In reply to Ann Bakare:</p><p>I'm Thomas O'Shea from EDT 320.</p><p>The straws held.</p>",
    ],
)
def test_a_name_that_may_belong_to_a_quotation_is_asked_about(html: str) -> None:
    match = decide(comment(html, author="sundial77"))
    assert (match.verdict, match.candidates[0].enrollment_id) == (MatchVerdict.REVIEW, TOM)
    assert of_jane(html) is not ACCEPT


def test_a_signature_below_a_quotation_and_words_of_ones_own_still_signs() -> None:
    html = "<p>Ann Bakare wrote:</p><p>I'm Ann Bakare.</p><p>The straws held.</p><p>Jane Okonedo, EDT 320</p>"
    match = decide(comment(html, author="sundial77"))
    assert (match.verdict, match.enrollment_id) == (ACCEPT, JANE)


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Thomas O'Shea (<a href='{TOMS}'>{TOMS}</a>) keeps a list of bridges.</p>",
        "<p>Thomas O'Shea, who sits next to me in EDT 320, would disagree.</p>",
    ],
)
def test_a_name_about_which_the_sentence_goes_on_is_a_mention(html: str) -> None:
    assert of_jane(html) is ACCEPT
    assert decide(comment(html, author="sundial77")).enrollment_id is None


@pytest.mark.parametrize(
    "words",
    [
        "Have a look at {}, a classmate’s page.",
        "Somebody in the course built one: {} and it still stands.",
        "I found the straws through {}, she explains it well.",
        "My partners pages are at {} if you like bridges.",
        "A girl in my section tried the bridges at {} last week.",
        "Two students from our group built one, {} has the photos.",
    ],
)
def test_a_link_said_to_be_somebody_elses_asks_nobody(words: str) -> None:
    assert of_jane(f"<p>{words.format(TOMS)}</p>") is ACCEPT


def test_my_words_about_your_post_are_at_my_address() -> None:
    html = f"<p>My notes on your last post are up, see {JANES}</p>"
    match = decide(comment(html, author="Jane"))
    assert (match.verdict, match.enrollment_id) == (ACCEPT, JANE)


@pytest.mark.parametrize(
    "html",
    [
        "<p>What a bridge.</p><p>xo Jane &amp; Thomas</p>",
        "<p>It's Thomas and Jane from EDT 320, and we liked it.</p>",
        "<p>This is by the two of us, Jane Okonedo and Samuel Lindqvist.</p>",
    ],
)
@pytest.mark.parametrize("form", [{}, {"author_url": JANES}], ids=["name", "name and link"])
def test_two_names_coupled_are_two_writers(html: str, form: dict[str, str]) -> None:
    match = decide(comment(html, author="Jane Okonedo", **form))
    assert (match.verdict, match.candidates[0].enrollment_id) == (REVIEW, JANE)
    assert kinds(match) & {"others-signature", "others-introduction"}


@pytest.mark.parametrize("closing", ["thomas, edt320", "~thomas o'shea (not my machine, long story, sorry)"])
def test_a_closing_in_small_letters_with_the_course_or_a_bracket_signs(closing: str) -> None:
    assert of_jane(f"<p>a fine bridge.</p><p>{closing}</p>", author_url=JANES) is REVIEW


def test_a_surname_with_a_title_signs_against_another_student() -> None:
    assert of_jane("<p>Fine.</p><p>Ms. Kerrigan</p>", author_url=JANES) is REVIEW


@pytest.mark.parametrize("line", ["THEA 2203, Redfern", "THEA-2203", "Notes for THEA 220 were no help."])
def test_a_course_whose_letters_are_somebodys_name_is_no_name(line: str) -> None:
    match = decide(comment(f"<p>Fine.</p><p>{line}</p>", author="Jane"), index(student(20, "Thea", "Marsh")))
    assert all(one.enrollment_id != 20 for one in match.candidates)
    assert not any(kinds(match, place) & {"others-introduction"} for place in range(len(match.candidates)))


def test_capital_letters_under_a_text_are_initials() -> None:
    among = index(student(20, "Mohammed", "Idris"), student(21, "Jo", "Mo"))
    assert decide(comment("<p>Fine.</p><p>MO</p>", author="Jane Okonedo"), among).enrollment_id == JANE


def test_a_relatives_form_is_asked_about_where_only_the_text_gives_the_students_name() -> None:
    own = decide(comment("<p>This is Jane Okonedo at the family computer.</p>", author="Paul Okonedo"))
    assert (own.verdict, own.candidates[0].enrollment_id) == (REVIEW, JANE)
    in_course = decide(comment("<p>I'm Jane Okonedo from EDT 320.</p>", author="Paul Okonedo"))
    assert in_course.enrollment_id == JANE


@pytest.mark.parametrize("author", ["Kate", "kevin"])
def test_a_name_said_under_somebody_elses_given_name_is_asked_about(author: str) -> None:
    assert decide(comment("<p>I'm Jane Okonedo and this is silly.</p>", author=author)).verdict is REVIEW


def test_the_colleges_name_alone_is_no_ground_on_a_blog_that_was_not_assigned() -> None:
    text = "<p>We had straws at Harlan State, too.</p>"
    assert decide(comment(text, author="Thomas O'Shea")).verdict is REVIEW
    assigned = "<p>My professor at Harlan State asked us to read this.</p>"
    assert decide(comment(assigned, author="Thomas O'Shea")).enrollment_id == TOM
    code = "<p>I read this for EDT 320.</p>"
    assert decide(comment(code, author="Thomas O'Shea")).enrollment_id == TOM


def test_another_courses_code_beside_the_college_is_another_course() -> None:
    text = "<p>We picked you for BIO 210 (Harlan State).</p>"
    match = decide(comment(text, author="Jane Okonedo"))
    assert match.verdict is REVIEW
    assert "other-course" in kinds(match)


def test_an_instructors_surname_that_is_the_owners_names_no_course() -> None:
    blog = BlogProfile(7, address_keys=("chalkdust.example",), owner_names=("Rita Pennock",))
    match = decide(comment("<p>Dear Ms. Pennock, fine.</p>", author="Thomas O'Shea"), blog=blog)
    assert "course" not in kinds(match)


@pytest.mark.parametrize("key", ["", *sorted(PICTURES_OF_NOBODY)[:4], "d41d8cd98f00b204e9800998ecf8427e"])
def test_the_picture_of_no_address_is_none(key: str) -> None:
    assert avatar_key(key, None) == avatar_key(key, b"key") == ""


def test_a_profile_registered_for_a_blog_is_the_students_account() -> None:
    profile = "http://www.blogger.com/profile/4711"
    among = index(student(20, "Priya", "Raman", blog=profile))
    match = decide(comment(author="sundial77", account="https://draft.blogger.com/profile/4711"), among)
    assert (match.verdict, match.enrollment_id) == (ACCEPT, 20)


MEDIUM = BlogProfile(7, address_keys=("bridges.medium.com",))


def test_what_a_platform_links_of_its_readers_is_no_address_of_their_own() -> None:
    linked = comment(author="Jane Okonedo", author_url="https://medium.com/@inkwell")
    assert decide(linked, blog=MEDIUM).enrollment_id == JANE
    assert decide(linked, blog=BLOG).verdict is REVIEW


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("http://ramanpriya.blogspot.com/", ACCEPT),
        ("http://inkwell3.blogspot.com/", ACCEPT),
        ("http://bridges.blogspot.com/", REVIEW),
        ("https://twitter.com/praman77", REVIEW),
    ],
)
def test_an_unknown_address_is_asked_about_unless_it_is_named_for_her(
    url: str, verdict: MatchVerdict
) -> None:
    among = index(student(20, "Priya", "Raman", aliases="InkWell", allocated=True))
    assert decide(comment(author="Priya Raman", author_url=url), among).verdict is verdict


def test_an_address_is_learned_with_the_answer_and_not_asked_about_again() -> None:
    entry = comment(author="Jane Okonedo", author_url="http://bridges.blogspot.com/")
    match = decide(entry)
    taught = [one.handle for one in lessons_of(entry, blog_id=7) if one.by_default]
    assert {one.kind for one in taught} == {HandleKind.BLOG, HandleKind.NAME}
    assert all(may_teach(one.kind, match, JANE) for one in taught)
    among = index()
    for handle in taught:
        among.learn(JANE, handle)
    assert decide(entry, among).enrollment_id == JANE


def test_no_registered_address_and_none_under_another_name_is_learned() -> None:
    registered = comment(author="Jane Okonedo", author_url=TOMS)
    assert not may_teach(HandleKind.BLOG, decide(registered), JANE)
    foreign = comment("<p>Fine.</p><p>Jane Okonedo</p>", "Paul Adams", author_url="http://a.blogspot.com/")
    assert not may_teach(HandleKind.BLOG, decide(foreign), JANE)


def test_a_host_that_several_share_is_nobodys_address() -> None:
    students = [
        student(20, "Priya", "Raman", blog="http://blogs.harlan.example/raman/", allocated=True),
        student(21, "Ivo", "Lind", blog="http://blogs.harlan.example/lind/"),
    ]
    entry = comment(author="Priya Raman", author_url="http://blogs.harlan.example/")
    among = index(*students)
    [address] = [one.handle for one in lessons_of(entry, blog_id=7) if one.handle.kind is HandleKind.BLOG]
    among.learn(20, address)
    among.deny(Denial(HandleKind.BLOG, address.key))
    other = decide(comment(author="Ivo Lind", author_url="http://blogs.harlan.example/"), among)
    assert "others-link" not in kinds(other)
    assert other.reason != "outsider"


def test_whole_name_assigned_blog_and_course_teach_an_account_provisionally() -> None:
    entry = comment("<p>I read this for EDT 320.</p>", "Jane Okonedo", account="http://blogger.com/profile/5")
    taught = handle_taught_by(entry, decide(entry))
    assert taught is not None
    assert taught.state.value == "provisional"
    by_name = comment(author="Jane Okonedo", account="http://blogger.com/profile/5")
    assert handle_taught_by(by_name, decide(by_name)) is None


def test_a_form_that_speaks_for_others_teaches_nothing_of_whom_it_does_not_speak_for() -> None:
    entry = comment("<p>Fine.</p>", author="Thomas O'Shea", account="http://blogger.com/profile/9")
    match = decide(entry)
    assert not any(one.enrollment_id == SAM_K for one in match.candidates)
    assert not any(may_teach(one.handle.kind, match, SAM_K) for one in lessons_of(entry, blog_id=7))


def test_an_instructors_given_name_over_the_course_blog_is_staff() -> None:
    entry = comment("<p>Jane Okonedo, see me please.</p>", "Orrin", author_url="http://edt320.blogspot.com/")
    assert decide(entry).reason == "staff"


@pytest.mark.parametrize(
    ("author", "reason"),
    [
        pytest.param("Rolf Kerrigan", "weak", id="a surname of two, another given name"),
        pytest.param("Ada Kerrigan, M.Ed.", "weak", id="with a degree"),
    ],
)
def test_a_surname_of_several_students_points_at_none(author: str, reason: str) -> None:
    among = index(student(30, "Lou", "Kerrigan", allocated=True))
    assert decide(comment(author=author), among).reason == reason
    assert decide(comment(author="Samantha Kerrigan"), among).enrollment_id == SAM_K


@pytest.mark.parametrize(
    "text",
    [
        "I am Jane Okonedo and I copy my homework.",
        "This is certainly Jane Okonedo and not her roommate.",
        "Jane Okonedo here, bored to tears!",
    ],
)
def test_a_text_that_only_gives_a_name_is_asked_about_on_any_form(text: str) -> None:
    """Jokers fill in the whole form; students say something of the post, or of the course."""
    assert of_jane(f"<p>{text}</p>", author_url=JANES) is REVIEW
    assert of_jane(f"<p>{text} The straws held. I would try it.</p>", author_url=JANES) is ACCEPT


@pytest.mark.parametrize(
    "text",
    [
        "Hey, Thomas from EDT 320 here on a borrowed phone. What a bridge.",
        "Oops, wrong login again. - Thomas What a bridge that was.",
    ],
)
def test_a_name_in_passing_at_the_head_speaks_for_its_writer(text: str) -> None:
    assert of_jane(f"<p>{text}</p>", author_url=JANES) is REVIEW


@pytest.mark.parametrize("text", ["Thomas O'Shea EDT 320, you asked how.", "Thomas O'Shea (EDT 320): how?"])
def test_a_name_with_the_course_may_be_spoken_to(text: str) -> None:
    assert decide(comment(f"<p>{text} The straws held.</p>", author="sundial77")).enrollment_id is None


def test_a_registered_pen_name_with_another_number_is_another_pen_name() -> None:
    among = index(student(20, "Priya", "Raman", aliases="paper heron", allocated=True))
    assert decide(comment(author="paper heron"), among).enrollment_id == 20
    text = "<p>Everybody calls me paper heron31 in EDT 320.</p>"
    assert decide(comment(text, author="paper heron31"), among).enrollment_id is None


@pytest.mark.parametrize(
    "text", ["Wrong login. - thomas a fine bridge.", "Thomas O'Shea is my name, really. Fine."]
)
def test_more_ways_in_which_a_writer_says_to_be_another(text: str) -> None:
    assert of_jane(f"<p>{text}</p>", author_url=JANES) is REVIEW


def test_a_course_of_two_digits_is_taken_for_one_behind_for() -> None:
    match = decide(comment("<p>We chose you for ART 12 (Harlan State).</p>", author="Jane Okonedo"))
    assert "other-course" in kinds(match)


@pytest.mark.parametrize("author", ["Margaret", "ms_ellery7"])
def test_a_name_said_on_the_owners_form_is_asked_about(author: str) -> None:
    text = "<p>Jane Okonedo, EDT 320: the straws hold to this day.</p>"
    assert decide(comment(text, author=author)).verdict is not ACCEPT


def test_a_word_in_the_middle_that_is_no_name_of_hers_is_asked_about() -> None:
    assert decide(comment(author="Jane Mulroney Okonedo")).verdict is REVIEW
    assert decide(comment(author="Jane M. Okonedo")).enrollment_id == JANE


def test_a_name_that_opens_a_text_without_a_mark_is_not_overlooked() -> None:
    text = "<p>Oops, the wrong login! Thomas O'Shea What a bridge that was.</p>"
    assert of_jane(text, author_url=JANES) is REVIEW


def test_a_polytechnic_is_a_college_like_others() -> None:
    match = decide(comment("<p>I am Jane and go to Bly Polytechnic. Fine.</p>", author="Jane Okonedo"))
    assert "other-course" in kinds(match)

"""Accept, review or ignore: the grounds, the vetoes, and the scenarios the product is built around."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.matching.cast import (
    ANN,
    BLOG,
    COURSE,
    JANE,
    OCT_20,
    SAM_K,
    TOM,
    comment,
    confirmed,
    decide,
    index,
    kinds,
    roster,
    student,
)
from tracker.domain.feed import Entry, EntryKind, Source
from tracker.domain.linkage import Match, MatchLevel, MatchVerdict
from tracker.domain.roster import Denial, HandleKind, KnownHandle
from tracker.matching.candidates import index_roster
from tracker.matching.decide import COURSE_NAMED, RULES_VERSION, match_entry
from tracker.matching.handles import gravatar_hashes

JANES = "http://okonedojaneedt320.blogspot.com"
TAIL = f"<p><em>JANE´s last blog post ..<a href='{JANES}/2026/10/blog-post-4.html'>Blog Post 4</a></em></p>"
ACCEPT, REVIEW, IGNORE = MatchVerdict.ACCEPT, MatchVerdict.REVIEW, MatchVerdict.IGNORE


@pytest.mark.parametrize(
    ("entry", "who"),
    [
        pytest.param(comment(author="jj", author_url=JANES), JANE, id="author link, name says nothing"),
        pytest.param(
            comment(author="Jane Moved", author_url=JANES), JANE, id="author link, surname of a marriage"
        ),
        pytest.param(comment(TAIL, author="Jane"), JANE, id="tail"),
        pytest.param(comment(author="Jane Okonedo"), JANE, id="full name on an assigned blog"),
        pytest.param(comment("I am in EDT 320.", author="Tom O'Shea"), TOM, id="full name and the course"),
        pytest.param(
            comment("I'm Thomas O'Shea from EDT 320 and I liked it.", author="wildtom"),
            TOM,
            id="introduced in full",
        ),
        pytest.param(
            comment("For EDT 320.", author="Jane O."), JANE, id="initial on an assigned blog, course named"
        ),
        pytest.param(
            comment("We read you in EDT 320.", author="Jane"), JANE, id="only Jane, assigned, course named"
        ),
        pytest.param(comment(author="sunnyjane"), JANE, id="registered handle on an assigned blog"),
        pytest.param(
            comment(author="SunnyMeadow", author_url=JANES), JANE, id="author link under a made-up name"
        ),
        pytest.param(
            comment(f"Feel free to stop by my class blog: {JANES}", author="Jane"), JANE, id="stop by my blog"
        ),
        pytest.param(
            comment(
                author="Jane Okonedo",
                author_url="http://janeokonedoedt320.blogspot.com",
                avatar_hash=gravatar_hashes("jane@harlan.example")[0],
            ),
            JANE,
            id="new address beside her own picture",
        ),
        pytest.param(
            comment("Visit my blog http://osheathomasedt320.blogspot.com", author="Tom"),
            TOM,
            id="name and own link",
        ),
    ],
)
def test_good_grounds_are_accepted(entry: Entry, who: int) -> None:
    match = decide(entry)
    assert (match.verdict, match.enrollment_id, match.reason) == (ACCEPT, who, "accepted")
    assert match.candidates[0].level is MatchLevel.CERTAIN
    assert match.rules_version == RULES_VERSION


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(comment(author="Jane"), id="first name alone on an assigned blog"),
        pytest.param(comment(author="Jane O."), id="initial on an assigned blog"),
        pytest.param(comment("I'm Jane Okonedo of EDT 320.", author="Anonymous"), id="anonymous with claims"),
        pytest.param(comment(author="Unknown", author_url=JANES), id="unknown with link"),
        pytest.param(comment(f"See my blog {JANES}", author="xyz77"), id="own link alone"),
        pytest.param(comment("For EDT 320.", author="Sam"), id="first name of two"),
        pytest.param(
            comment("I'm Jane and I read you for EDT 320.", author="Jane Marchbanks"),
            id="introduced by first name under another surname",
        ),
        pytest.param(comment(author="TomBaker", author_url=JANES), id="stranger's name in one word"),
        pytest.param(
            comment(author="Jane Okonedo", author_url="http://janes-bakery.example/"), id="unrelated site"
        ),
        pytest.param(comment("Good.<br>Jane O.", author="Jane"), id="initial signed only"),
    ],
)
def test_thin_grounds_go_to_a_person_with_the_right_student_first(entry: Entry) -> None:
    match = decide(entry)
    assert match.verdict is REVIEW
    assert match.enrollment_id is None
    assert match.candidates[0].enrollment_id in {JANE, SAM_K}
    assert match.candidates[0].level is not MatchLevel.CERTAIN


@pytest.mark.parametrize(
    ("entry", "kind", "params"),
    [
        pytest.param(
            comment(author="Jane Okonedo", author_url="http://osheathomasedt320.blogspot.com"),
            "others-link",
            {"other": TOM},
            id="another's link",
        ),
        pytest.param(
            comment("See my blog http://osheathomasedt320.blogspot.com", author="Jane Okonedo"),
            "others-link",
            {"other": TOM},
            id="copied link",
        ),
        pytest.param(
            comment("Good.<br>Thomas O'Shea", author="Jane Okonedo"),
            "others-signature",
            {"other": TOM},
            id="shared computer",
        ),
        pytest.param(
            comment("Good.<br>Tom", author="Jane Okonedo"),
            "others-signature",
            {},
            id="signed by another",
        ),
        pytest.param(
            comment("My name is Tom O'Shea. Good.", author="Jane Okonedo"),
            "others-introduction",
            {"other": TOM},
            id="introduced as another",
        ),
        pytest.param(
            comment(author="Tom O'Shea", author_url=JANES),
            "others-name",
            {"other": TOM},
            id="another's name",
        ),
        pytest.param(
            comment("My third graders loved this.", author="Jane Okonedo"),
            "other-life",
            {"life": "own-class"},
            id="another life",
        ),
        pytest.param(
            comment("I have taught science for 20 years.", author="Jane Okonedo"),
            "other-life",
            {"life": "work"},
            id="work",
        ),
        pytest.param(
            comment("I am retired now.", author="Jane Okonedo"),
            "other-life",
            {"life": "retired"},
            id="retired",
        ),
        pytest.param(
            comment("Former EDT 320 student here.", author="Jane Okonedo"),
            "other-life",
            {"life": "former-student"},
            id="former",
        ),
        pytest.param(
            comment("I am a student in EDU 250 at Redfern University.", author="Jane Okonedo"),
            "other-course",
            {},
            id="another course",
        ),
        pytest.param(
            comment(author="Jane Okonedo", author_url="http://okonedojaneedt320fall2019.blogspot.com"),
            "unregistered-address",
            {},
            id="address of another year",
        ),
        pytest.param(comment(author="Jаne Okonedo"), "mixed-script", {}, id="imitated name"),
    ],
)
def test_contradiction_always_goes_to_a_person(entry: Entry, kind: str, params: dict[str, Any]) -> None:
    match = decide(entry)
    assert match.verdict is REVIEW
    against = [
        piece
        for candidate in match.candidates
        for piece in candidate.evidence
        if piece.kind == kind and piece.veto and piece.bits < 0
    ]
    assert against
    assert all(piece.is_against for piece in against)
    assert dict(against[0].params) == params


def test_no_amount_of_proof_outweighs_a_veto() -> None:
    proved = comment(
        author="Jane Okonedo", author_url=JANES, avatar_hash=gravatar_hashes("jane@harlan.example")[0]
    )
    assert decide(proved).verdict is ACCEPT
    match = decide(replace(proved, html="<p>My name is Tom O'Shea. Good.</p>"))
    assert match.candidates[0].probability > 0.99
    assert (match.verdict, match.reason) == (REVIEW, "contradicted")


def test_another_life_outweighs_a_name_alone_but_never_link_picture_and_name_together() -> None:
    text = "<p>I am retired now.</p>"
    picture = gravatar_hashes("jane@harlan.example")[0]
    proved = decide(comment(text, author="Jane Okonedo", author_url=JANES, avatar_hash=picture))
    assert proved.enrollment_id == JANE
    assert "other-life" not in kinds(proved)
    assert decide(comment(text, author="Jane Okonedo")).verdict is REVIEW


def test_contradictions_come_first_in_what_is_shown() -> None:
    best = decide(comment("I am retired now.", author="Jane Okonedo")).candidates[0]
    bits = [piece.bits for piece in best.evidence]
    negative = [each for each in bits if each < 0]
    assert bits[: len(negative)] == negative
    assert sum(bits) - 9 == pytest.approx(best.bits)


def test_signature_overrules_what_a_shared_computer_filled_in() -> None:
    match = decide(comment("Good.<br>Thomas O'Shea", author="Jane Okonedo", author_url=JANES))
    assert match.verdict is REVIEW
    assert [each.enrollment_id for each in match.candidates] == [TOM, JANE]
    without_link = decide(comment("Good.<br>Ann-Marie De La Cruz", author="Jane Okonedo"))
    assert without_link.candidates[0].enrollment_id == ANN


def test_plans_for_a_later_life_are_no_other_life() -> None:
    for text in (
        "I am a future teacher in EDT 320.",
        "When I teach I will do this. EDT 320",
        "I want my own students to do this. EDT 320",
        "As a student teacher I see that. EDT 320",
    ):
        assert decide(comment(text, author="Jane Okonedo")).verdict is ACCEPT, text


def test_another_account_than_the_known_one_goes_to_a_person() -> None:
    among = index(student(20, "Priya", "Raman", confirmed("blogger:9"), allocated=True))
    new = comment(author="Priya Raman", account="http://www.blogger.com/profile/10")
    assert decide(replace(new, account="http://www.blogger.com/profile/9"), among).verdict is ACCEPT
    assert decide(new, among).verdict is REVIEW
    assert "new-account" in kinds(decide(new, among))


def test_another_picture_than_in_earlier_comments_speaks_against_without_a_veto() -> None:
    among = index(student(20, "Priya", "Raman", confirmed("ab12", HandleKind.AVATAR), allocated=True))
    new = decide(comment(author="Priya Raman", avatar_hash="cd34"), among).candidates[0]
    [against] = [piece for piece in new.evidence if piece.kind == "new-avatar"]
    assert (against.bits, against.veto, against.seen) == (-3.0, False, "cd34")
    known = decide(comment(author="Priya Raman", avatar_hash="ab12"), among).candidates[0]
    assert all(piece.kind != "new-avatar" for piece in known.evidence)
    from_roster = decide(comment(author="Jane Okonedo", avatar_hash="cd34"), among).candidates[0]
    assert all(piece.kind != "new-avatar" for piece in from_roster.evidence), "a private address is no news"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        pytest.param(comment(author="Jane Okonedo", by_owner=True), "owner", id="marked by the platform"),
        pytest.param(
            comment(author="Me", author_url="http://chalkdust.example/about"), "owner", id="blog's address"
        ),
        pytest.param(comment(author="Margaret Ellery"), "owner", id="owner's name"),
        pytest.param(comment("@Jane good question!", author="Mrs. Ellery"), "owner", id="title and surname"),
        pytest.param(comment("@Jane good question!", author="Margaret"), "owner", id="owner's first name"),
        pytest.param(comment(author="mellery"), "owner", id="owner's login"),
        pytest.param(
            comment("<p>[&#8230;] I liked it [&#8230;]</p>", author="C4T 2 « Jane’s Blog"),
            "pingback",
            id="excerpt",
        ),
        pytest.param(comment("<p>[...] I liked it [...]</p>", author="Jane Okonedo"), "pingback", id="dots"),
        pytest.param(
            comment("... I liked it ...", author="Summary | Jane"), "pingback", id="bare dots under a title"
        ),
        pytest.param(comment(author="Orrin Pennock"), "staff", id="instructor"),
        pytest.param(comment(author="Dr. Pennock"), "staff", id="instructor with title"),
        pytest.param(comment(author="Best Essays"), "nobody", id="spam"),
    ],
)
def test_what_is_no_students_comment_is_ignored_with_its_reason(entry: Entry, reason: str) -> None:
    match = decide(entry)
    assert (match.verdict, match.reason, match.enrollment_id) == (IGNORE, reason, None)


@pytest.mark.parametrize("kind", [EntryKind.PINGBACK, EntryKind.TOMBSTONE, EntryKind.POST])
def test_only_comments_are_matched(kind: EntryKind) -> None:
    match = decide(replace(comment(author="Jane Okonedo", author_url=JANES), kind=kind))
    assert (match.verdict, match.reason) == (IGNORE, kind.value)


def test_comment_that_opens_with_dots_is_no_pingback() -> None:
    assert decide(comment("... and so I tried it", author="Jane Okonedo")).verdict is ACCEPT


def test_account_said_to_be_an_outsiders_is_ignored_and_a_denied_student_not_proposed() -> None:
    outsider = index(denials=(Denial(HandleKind.ACCOUNT, "blogger:9"),))
    entry = comment(author="Jane Okonedo", account="http://www.blogger.com/profile/9")
    assert decide(entry, outsider).reason == "outsider"
    not_hers = index(
        student(20, "Priya", "Raman", confirmed("blogger:9")),
        denials=(Denial(HandleKind.ACCOUNT, "blogger:9", 20),),
    )
    assert decide(replace(entry, author="pp"), not_hers).reason == "nobody"


def test_comment_that_names_the_course_and_fits_nobody_is_not_asked_about_twice() -> None:
    entry = comment("<p>A requirement of EDT 320; see my class blog at</p>", author="paperlantern")
    assert decide(entry).reason == COURSE_NAMED
    said = Denial(HandleKind.NAME, "paperlantern", blog_id=BLOG.blog_id)
    assert decide(entry, index(denials=(said,))).reason == "outsider"
    elsewhere = replace(said, blog_id=BLOG.blog_id + 1)
    assert decide(entry, index(denials=(elsewhere,))).reason == COURSE_NAMED


@pytest.mark.parametrize(
    ("source", "author_url"),
    [
        pytest.param(Source.RSS, "", id="RSS"),
        pytest.param(Source.ATOM, JANES + "/", id="Atom"),
        pytest.param(Source.REST, JANES + "/", id="REST"),
        pytest.param(Source.PAGE, "https://okonedojaneedt320.blogspot.ca", id="page"),
    ],
)
def test_the_post_this_began_with_comes_out_right_in_every_form(source: Source, author_url: str) -> None:
    """S0: an educator with a Twitter line, and two comments of one student that end in tails."""
    course = (
        "<p>I follow your blog as a requirement of EDT 320 at Harlan State University. My comments on your "
        "posts can be checked on my class blog at</p>"
    )
    educator = replace(
        comment("<p>Twitter: mrbrandt</p><p>I tell my colleagues so.</p>", author="Will Brandt"),
        source=source,
    )
    first = replace(
        comment("<p>Networks are tools.</p>" + TAIL, author="JANE", author_url=author_url), source=source
    )
    second = replace(comment(course + TAIL, author="JANE", author_url=author_url), source=source)
    nobody = replace(BLOG, blog_id=99)  # nobody was assigned it
    assert decide(educator, blog=nobody).verdict is IGNORE
    for entry in (first, second):
        match = decide(entry, blog=nobody)
        assert (match.verdict, match.enrollment_id) == (ACCEPT, JANE)
        assert "tail" in kinds(match)
        assert ("author-link" in kinds(match)) is bool(author_url)
    assert "course" in kinds(decide(second, blog=nobody))


def test_changed_address_belongs_to_its_student_before_and_after() -> None:
    """S5: the old blog until October 18, the new one from then on."""
    change = datetime(2026, 10, 18, tzinfo=UTC)
    old = KnownHandle(HandleKind.BLOG, "wasmine.blogspot.com", valid_to=change)
    new = KnownHandle(HandleKind.BLOG, "nowmine.blogspot.com", valid_from=change)
    moved = student(20, "Priya", "Raman", old, new)
    before = comment(
        author="p77", author_url="http://wasmine.blogspot.com", at=datetime(2026, 10, 14, tzinfo=UTC)
    )
    after = comment(
        author="p77", author_url="http://nowmine.blogspot.com", at=datetime(2026, 10, 21, tzinfo=UTC)
    )
    for entry in (before, after):
        assert decide(entry, index(moved)).enrollment_id == 20
    stale = replace(after, author_url=before.author_url)
    assert decide(stale, index(moved)).candidates[0].enrollment_id == 20

    heir = student(21, "Ola", "Berg", KnownHandle(HandleKind.BLOG, "wasmine.blogspot.com", valid_from=change))
    assert decide(before, index(moved, heir)).enrollment_id == 20
    taken_over = decide(stale, index(moved, heir))
    assert taken_over.verdict is REVIEW
    assert any(piece.params.get("held") == "shared" for piece in taken_over.candidates[0].evidence)


def test_undated_comment_sees_every_handle() -> None:
    ended = KnownHandle(HandleKind.BLOG, "wasmine.blogspot.com", valid_to=datetime(2026, 9, 1, tzinfo=UTC))
    among = index(student(20, "Priya", "Raman", ended))
    assert (
        decide(comment(author="p77", author_url="http://wasmine.blogspot.com", at=None), among).enrollment_id
        == 20
    )


def test_students_of_one_name_are_told_apart_by_proof_only() -> None:
    """S6: same names; the assignment orders the review, a class-blog link decides."""
    one = student(20, "Kayla", "Stone", blog="http://stonekaylaone.blogspot.com")
    other = student(21, "Kayla", "Stone", blog="http://stonekaylatwo.edublogs.org", allocated=True)
    among = index(one, other)
    by_name = decide(comment("For EDT 320.", author="Kayla Stone"), among)
    assert by_name.verdict is REVIEW
    assert [each.enrollment_id for each in by_name.candidates] == [21, 20]
    assert by_name.candidates[0].level is MatchLevel.LIKELY
    by_link = decide(comment(author="Kayla Stone", author_url="stonekaylaone.blogspot.com"), among)
    assert by_link.enrollment_id == 20


def test_spouses_account_signed_with_her_name_is_proposed() -> None:
    """S7: posted under a husband's account, signed with the student's first name, the course named."""
    entry = comment("<p>I read this for EDT 320, my blog is at</p><p>Jane</p>", author="Daniel Brandt")
    match = decide(entry)
    assert match.verdict is REVIEW
    assert match.candidates[0].enrollment_id == JANE
    assert "stranger" in kinds(match)


@pytest.mark.parametrize(
    "ending",
    [
        "<p>Jane, for EDT 320 at Harlan State, my blog is at</p>",
        "<p>- Jane, EDT 320</p>",
        " So it is. Jane (a student in EDT320)",
    ],
)
def test_pseudonym_signed_with_a_first_name_for_the_course_is_proposed(ending: str) -> None:
    """S7: the address is stripped, the text ends with "at"; the handle itself says nothing."""
    match = decide(comment(f"<p>I tried the bridges, too.</p>{ending}", author="sundial77"))
    assert match.verdict is REVIEW
    assert match.candidates[0].enrollment_id == JANE
    assert {"signature", "course"} <= kinds(match)


def test_words_spoken_to_somebody_are_no_signature() -> None:
    for text in ("I agree. Tom, I read that for EDT 320, too.", "Tom, for EDT 320 I read your post."):
        match = decide(comment(text, author="Jane Okonedo"))
        assert match.enrollment_id == JANE, text
        assert "signature" not in kinds(match)


def test_spouses_account_counts_only_signed_once_it_was_seen_with_both() -> None:
    """S7: what a person confirmed of an account holds until it is seen with somebody else."""
    account = "http://www.blogger.com/profile/9"
    signed = comment("<p>For EDT 320.</p><p>Priya</p>", author="Daniel Brandt", account=account)
    known = index(student(20, "Priya", "Raman", confirmed("blogger:9"), allocated=True))
    unsigned = decide(comment(author="Daniel Brandt", account=account), known)
    assert (unsigned.verdict, unsigned.candidates[0].level) == (REVIEW, MatchLevel.LIKELY)
    assert decide(signed, known).candidates[0].bits > unsigned.candidates[0].bits


def test_anonymous_signed_with_a_name_of_four_is_possible_for_the_one_assigned() -> None:
    """S8: four students share the first name, one was given this blog."""
    four = [
        student(20 + n, "Dana", surname, allocated=n == 2)
        for n, surname in enumerate(("Reyes", "Brook", "Hale", "Ito"))
    ]
    entry = comment("<p>" + "Bridges of paper hold. " * 15 + "</p><p>Dana</p>", author="Anonymous")
    match = decide(entry, index(*four))
    assert match.verdict is REVIEW
    assert match.candidates[0].enrollment_id == 22
    assert match.candidates[0].level is MatchLevel.POSSIBLE
    assert len(match.candidates) == 4
    assert any(piece.params.get("holders") == 4 for piece in match.candidates[0].evidence)


def test_students_of_one_name_on_one_blog_are_both_shown_and_neither_is_first_by_right() -> None:
    """S6: the same name and the same assigned blog."""
    one = student(20, "Kayla", "Stone", allocated=True)
    other = student(21, "Kayla", "Stone", allocated=True)
    match = decide(comment("For EDT 320.", author="Kayla Stone"), index(one, other))
    assert (match.verdict, match.reason) == (REVIEW, "several")
    assert [each.probability for each in match.candidates] == [match.candidates[0].probability] * 2
    assert {each.level for each in match.candidates} == {MatchLevel.POSSIBLE}


def test_anonymous_with_a_shared_first_name_is_possible_only() -> None:
    """S8: signed with a first name that several have; one of them is assigned here."""
    match = decide(comment("<p>What a lesson, truly.</p><p>Sam</p>", author="Anonymous"))
    assert match.verdict is REVIEW
    assert match.candidates[0].enrollment_id == SAM_K
    assert match.candidates[0].level is MatchLevel.POSSIBLE


def test_order_of_the_roster_makes_no_difference() -> None:
    entries = [
        comment("For EDT 320.", author="Sam"),
        comment(author="Jane Okonedo"),
        comment("Good.<br>Tom", author="Jane Okonedo", author_url=JANES),
        comment("In EDT 320.", author="Anonymous"),
    ]
    people = roster()
    plain = [match_entry(entry, BLOG, index_roster(people, COURSE)) for entry in entries]
    for seed in range(4):
        random.Random(seed).shuffle(people)
        assert [match_entry(entry, BLOG, index_roster(people, COURSE)) for entry in entries] == plain


def test_matching_without_a_roster_proposes_nobody() -> None:
    assert (
        match_entry(comment(author="Jane Okonedo", at=OCT_20), BLOG, index_roster([], COURSE)).reason
        == "nobody"
    )


PRIYAS = "http://www.blogger.com/profile/9"


def priya(name: str, html: str = "<p>What a lesson.</p>", *, allocated: bool = False) -> Match:
    """The decision about a comment under the account confirmed for Priya Raman, in this name."""
    among = index(student(20, "Priya", "Raman", confirmed("blogger:9"), allocated=allocated))
    return decide(comment(html, author=name, account=PRIYAS), among)


@pytest.mark.parametrize(
    ("name", "allocated"),
    [
        pytest.param("Arjun Raman", True, id="a brother or husband"),
        pytest.param("Leela K. Raman", False, id="a sister with an initial"),
        pytest.param("Raman, Arjun", True, id="family name first"),
        pytest.param("Priya Sandoval", False, id="another surname on a blog that was not assigned"),
        pytest.param("Jane Raman", True, id="another student's given name"),
    ],
)
def test_confirmed_account_under_half_of_its_students_name_goes_to_a_person(
    name: str, allocated: bool
) -> None:
    """S7: an account is shared with people of the same house."""
    match = priya(name, allocated=allocated)
    assert (match.verdict, match.candidates[0].enrollment_id) == (REVIEW, 20)
    assert match.candidates[0].evidence[0].kind == "stranger"
    assert match.reason == "contradicted"


@pytest.mark.parametrize(
    "name",
    ["P. Raman", "Priya R.", "Raman Priya", "Priya", "priya raman", "Pri Raman", "Priya Leela Raman",
     "Priya Raman-Sandoval", "sundial77", "SunnyRaman", "raman", "Mary Priya Raman"],
)  # fmt: skip
def test_confirmed_account_under_another_form_of_its_students_name_is_hers(name: str) -> None:
    assert priya(name).enrollment_id == 20


@pytest.mark.parametrize("text", ["<p>Good.</p><p>Priya</p>", "<p>I am Priya Raman. What a fine bridge.</p>"])
def test_confirmed_account_under_a_relatives_name_is_hers_where_the_text_gives_her_own(text: str) -> None:
    assert priya("Arjun Raman", text).enrollment_id == 20


def test_confirmed_account_under_a_married_name_on_the_assigned_blog_is_hers() -> None:
    assert priya("Priya Sandoval", allocated=True).enrollment_id == 20


def test_account_under_a_name_a_person_taught_is_hers() -> None:
    taught = (confirmed("blogger:9"), confirmed("meera raman", HandleKind.NAME))
    among = index(student(20, "Priya", "Raman", *taught))
    assert decide(comment(author="Meera Raman", account=PRIYAS), among).enrollment_id == 20

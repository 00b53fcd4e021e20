"""Every kind of evidence in words, in each of its forms."""

from __future__ import annotations

import pytest

from tracker.domain.linkage import (
    OF_OTHERS,
    Candidate,
    Evidence,
    EvidenceKind,
    Match,
    MatchLevel,
    MatchVerdict,
)
from tracker.domain.reason import Param
from tracker.domain.roster import PersonName
from tracker.matching.lives import OTHER_COURSE
from tracker.matching.word_tables import read_tables
from tracker.wording.evidence import (
    say_candidate,
    say_evidence,
    say_kinds,
    say_known,
    say_to_student,
    say_why_not,
)

JANE, TOM, OTHER_JANE = 1, 2, 3
NAMES = {
    JANE: PersonName("Jane", "Jane Okonedo"),
    TOM: PersonName("Tom", "Tom O’Shea"),
    OTHER_JANE: PersonName("Jane", "Jane Lind"),
}
ALL_PARAMS: dict[str, Param] = {
    "fits": "given", "given": "Jane", "held": "shared", "holders": 2, "life": "teacher", "origin": "roster",
    "other": TOM, "percent": 80,
}  # fmt: skip

AGAINST = {
    EvidenceKind.NOT_ALLOCATED, EvidenceKind.OTHER_LIFE, EvidenceKind.OTHER_COURSE, EvidenceKind.STRANGER,
    EvidenceKind.MIXED_SCRIPT, EvidenceKind.UNREGISTERED_ADDRESS, EvidenceKind.OTHER_SITE,
    EvidenceKind.NEW_ACCOUNT, EvidenceKind.NEW_AVATAR, EvidenceKind.DISCLAIM,
    EvidenceKind.BORROWED_FORM, *OF_OTHERS,
}  # fmt: skip


def made(kind: str, where: str = "text", bits: float = 3.0, *, seen: str = "", **params: Param) -> Evidence:
    return Evidence(EvidenceKind(kind), seen, "", where, bits, params=params)


@pytest.mark.parametrize("kind", EvidenceKind)
def test_every_kind_has_words_for_staff_and_for_the_student(kind: EvidenceKind) -> None:
    said, yours = say_evidence(made(kind, **ALL_PARAMS), JANE, NAMES), say_to_student(made(kind))
    assert not said[0].islower()
    assert not yours[0].islower()
    assert not any(words in yours for words in ("Jane", "Tom", " their ", "student "))


@pytest.mark.parametrize("kind", sorted(set(EvidenceKind) - AGAINST - {EvidenceKind.CONTESTED}))
def test_every_kind_that_can_be_for_a_student_has_a_noun(kind: EvidenceKind) -> None:
    assert say_kinds([kind], "Parvati").startswith("Evidence for Parvati: ")


def test_evidence_is_listed_by_nouns_each_once() -> None:
    kinds = (
        EvidenceKind.NAME,
        EvidenceKind.SIGNATURE,
        EvidenceKind.SIGNATURE_INITIAL,
        EvidenceKind.ALLOCATED,
    )
    assert say_kinds(kinds, "Parvati") == "Evidence for Parvati: name, signature, assigned blog."


SENTENCES = [
    (made("author-link", "author-link"), "Author link goes to Jane’s class blog"),
    (
        made("author-link", "author-link", held="another-time"),
        "Author link goes to an address Jane’s class blog had at another time",
    ),
    (
        made("tail", "tail", held="shared"),
        "Link to a last blog post goes to Jane’s class blog, an address more than one student has had",
    ),
    (
        made("tail", "tail", held="provisional"),
        "Link to a last blog post goes to Jane’s class blog, judging by one earlier comment",
    ),
    (
        made("author-link", "author-link", held="misspelled"),
        "Author link goes to Jane’s class blog, with a misspelled host name",
    ),
    (made("text-link"), "The text links Jane’s class blog"),
    (made("text-link", own=True), "The text gives Jane’s class blog as the writer’s own"),
    (
        made("text-link", own=True, agrees=True),
        "The text links Jane’s class blog, and the name or account fits Jane",
    ),
    (
        made("author-link", "author-link", origin="decision"),
        "Author link goes to Jane’s site, known from earlier comments",
    ),
    (made("near-link"), "Link in the text is almost the address of Jane’s class blog"),
    (made("account", "account", origin="roster"), "Account is the one on the roster for Jane"),
    (
        made("account", "account", origin="decision", held="provisional"),
        "Account was Jane’s in earlier comments, once so far",
    ),
    (
        made("account", "account", origin="class-blog", held="shared"),
        "Account is the one that writes Jane’s class blog, and another student’s too",
    ),
    (
        made("avatar", "avatar", origin="roster"),
        "Picture belongs to the email address on the roster for Jane",
    ),
    (made("name", "author", seen="okonedo, jane", holders=1), "Author name is Jane Okonedo"),
    (made("name", "author", holders=1), "Author name is a name that fits Jane Okonedo"),
    (
        made("name", "author", seen="Jane Okonedo", holders=2),
        "Author name is Jane Okonedo, a name more than one student has",
    ),
    (
        made("name", "author", seen="Janey Okonedo", holders=1),
        "Author name is “Janey Okonedo”, which fits Jane Okonedo",
    ),
    (
        made("signature", seen="J. Okonedo-Lind", holders=2),
        "Signed “J. Okonedo-Lind”, which fits Jane Okonedo, but not only that student",
    ),
    (
        made("introduction", seen="Jane Ruth Okonedo", holders=2, exact=False),
        "Introduces themselves as “Jane Ruth Okonedo”, which fits Jane Okonedo, but not exactly",
    ),
    (
        made("introduction", seen="Jane Okonedo", holders=1, sure=False),
        "The text has a name that fits Jane Okonedo, maybe the writer’s own (“Jane Okonedo”)",
    ),
    (
        made("introduction", seen="Jane O", holders=3, sure=False),
        "The text has a name that fits Jane Okonedo and 2 other students, maybe the writer’s own (“Jane O”)",
    ),
    (made("surname", "author", holders=2), "Surname fits Jane Okonedo and 1 other student"),
    (made("first-name", given="_jane_", holders=1), "Author name is jane, which fits only one student"),
    (made("signature", given="Janey", holders=1), "Signed Janey, which fits only one student"),
    (made("introduction", given="Jane", holders=3), "Introduces themselves as Jane, which fits 3 students"),
    (made("first-name", "author", given="Jane", holders=4), "Author name is Jane, which fits 4 students"),
    (
        made("first-name", "author", holders=2),
        "Login contains the given name of Jane Okonedo and 1 other student",
    ),
    (made("name-initial", "author", holders=1), "Name and initial fit Jane Okonedo"),
    (made("half-name", fits="given"), "Given name fits Jane Okonedo, but the rest of the name doesn’t"),
    (made("half-name", fits="family"), "Surname fits Jane Okonedo, but the rest of the name doesn’t"),
    (made("quoted", percent=100), "All of the text appears in a later post on Jane’s class blog"),
    (made("quoted", percent=79), "79% of the text appears in a later post on Jane’s class blog"),
    (made("allocated", "blog", 4.0), "Jane was assigned this blog at the time"),
    (made("allocated", "blog", -0.5), "Jane was assigned this blog, but for another time"),
    (made("course", seen="EDT 320"), "Names the course, its instructor or the college (“EDT 320”)"),
    (made("other-course", seen=""), "Names another course or school"),
    (made("other-life", seen="our staff", life="school"), "Writes of a workplace (“our staff”)"),
    (made("others-link", "author-link", other=TOM), "The author link goes to Tom’s class blog"),
    (made("others-link", "text", other=TOM), "The text gives Tom’s class blog as the writer’s own"),
    (
        made("others-link", "text", other=TOM, agrees=True),
        "The text links Tom’s class blog, and the name or account fits that student",
    ),
    (made("others-link", "author-link", other=OTHER_JANE), "The author link goes to Jane Lind’s class blog"),
    (
        made("others-link", "tail", other=TOM, origin="decision"),
        "The link to a last blog post goes to Tom’s site, known from earlier comments",
    ),
    (made("others-link", "avatar", other=TOM), "The picture is Tom’s"),
    (made("others-link", "account", other=9), "The account is another student’s"),
    (made("others-name", "author", other=TOM), "Posted under another student’s name"),
    (made("others-signature"), "Signed with another student’s first name"),
    (made("others-signature", part="surname"), "Signed with another student’s surname"),
    (
        made("others-signature", seen="Tom", coupled=True),
        "The text has another student’s name beside Jane’s, with “and” between them (“Tom”)",
    ),
    (
        made("others-introduction", seen="Tom", other=TOM, sure=False),
        "The text has another student’s name, maybe the writer’s own (“Tom”)",
    ),
    (
        made("borrowed-form", seen="my aunt’s phone"),
        "Says that the name, account or device is not the writer’s own (“my aunt’s phone”)",
    ),
    (
        made("borrowed-form", seen="Jane", denied=True),
        "Speaks of Jane as somebody other than the writer (“Jane”)",
    ),
    (made("stranger", "author"), "Posted under a name that is not on the roster"),
    (
        made("stranger", "author", fits="family"),
        "Posted under the family name of Jane Okonedo, but another given name",
    ),
    (made("contested", "account", 0.0), "The account was recognized as Jane’s, and as another person’s too"),
]  # fmt: skip


@pytest.mark.parametrize(("piece", "says"), [pytest.param(*one, id=one[1]) for one in SENTENCES])
def test_sentence_follows_the_parameters(piece: Evidence, says: str) -> None:
    assert say_evidence(piece, JANE, NAMES) == says


def test_what_two_pieces_of_evidence_say_alike_is_said_once() -> None:
    twice = (
        made("account", "account", 14.5, seen="1", origin="decision"),
        made("account", "account", 2.0, seen="2", origin="decision"),
    )
    (line,) = say_candidate(Candidate(JANE, 7.5, 0.9, MatchLevel.LIKELY, twice), NAMES)
    assert line.says == "Account was Jane’s in earlier comments"


@pytest.mark.parametrize(
    "life",
    [name for name in read_tables("lives") if not name.isupper() and name not in {"student", OTHER_COURSE}],
)
def test_every_other_life_has_words(life: str) -> None:
    assert say_evidence(made("other-life", life=life), JANE, NAMES).startswith("Writes ")


def test_what_quoted_an_erased_text_says_only_that() -> None:
    said = say_evidence(made("signature", erased=True), JANE, NAMES)
    assert said == "Something in the text, which was erased at the request of the blog’s owner"


@pytest.mark.parametrize(
    ("piece", "known"),
    [
        pytest.param(made("name", holders=1), "Jane Okonedo", id="the student's own name"),
        pytest.param(made("stranger", fits="given"), "Jane Okonedo", id="half of it"),
        pytest.param(made("others-name", other=TOM), "Tom O’Shea", id="another's name"),
        pytest.param(made("others-name", other=9), "", id="of a student who may not be named"),
        pytest.param(made("others-name"), "", id="a first name of several"),
        pytest.param(made("course"), "course words", id="the course's words"),
        pytest.param(
            Evidence(EvidenceKind.TAIL, "", "http://jane.example", "tail", 3.0),
            "http://jane.example",
            id="handle",
        ),
    ],
)
def test_what_we_know_is_a_handle_or_a_name_that_the_reader_may_see(piece: Evidence, known: str) -> None:
    assert say_known(piece, JANE, NAMES) == known


@pytest.mark.parametrize(
    ("piece", "says"),
    [
        pytest.param(made("name", "author"), "It is signed with a name that fits yours", id="author name"),
        pytest.param(made("signature"), "The text is signed with a name that fits yours", id="signature"),
        pytest.param(
            made("introduction"),
            "The writer introduces themselves by a name that fits yours",
            id="introduced",
        ),
        pytest.param(
            made("introduction", sure=False),
            "The text has a name that fits yours, maybe the writer’s own",
            id="in doubt",
        ),
        pytest.param(
            made("borrowed-form", denied=True),
            "The text speaks of you as somebody other than the writer",
            id="denied",
        ),
    ],
)
def test_to_the_student_a_name_only_fits(piece: Evidence, says: str) -> None:
    assert say_to_student(piece) == says


def test_to_the_student_a_blog_of_another_time_is_said_so() -> None:
    assert say_to_student(made("allocated", bits=-0.5)).endswith("assigned this blog, but for another time")


def test_why_a_comment_stays_open_is_the_evidence_against_or_the_reason() -> None:
    against = (made("other-site", "author-link", -3.0), made("name", "author", 9.5, holders=1))
    case = Candidate(JANE, 1.0, 0.6, MatchLevel.LIKELY, against)
    match = Match(MatchVerdict.REVIEW, "several", None, (case,))
    assert say_why_not(match, JANE, NAMES) == "The author link goes to another site."
    assert say_why_not(match, TOM, NAMES) == "Several students could have written it."
    assert (
        say_why_not(Match(MatchVerdict.REVIEW, "weak"), TOM, NAMES) == "There is not enough evidence for it."
    )

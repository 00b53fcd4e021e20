"""Every reason of a verdict has its sentence, for staff and for the student."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.grading.cases import (
    AFTERWARDS,
    DUE,
    PHRASING,
    TERMS,
    by_key,
    comment,
    facts,
    judge,
    october,
    post,
    receipt,
    sentence,
)
from tracker.domain.assignment import Trait
from tracker.domain.grade import NotCounted, Verdict
from tracker.domain.locale import CourseLocale
from tracker.domain.reason import Reason
from tracker.domain.states import State
from tracker.wording.sentences import Phrasing, fields_of
from tracker.wording.verdict_sentences import MARKS, MET, REMARKS, SHORT, SUMMARY_CLAIMS
from tracker.wording.verdicts import say_clock, say_not_counted, say_remarks, say_to_student, say_verdict


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sentence_for_the_student(state: State) -> None:
    reason = {State.MET: "on-time", State.DATE_QUESTIONABLE: "date"}.get(state, "any")
    said = say_to_student(Verdict("comment-1", state, reason, DUE), PHRASING)
    assert said.endswith(".") or state in {State.MET, State.NOT_DUE}
    assert "They" not in said


def test_the_student_is_told_the_same_in_neutral_words() -> None:
    short = comment(1, october(16), words=38)
    two = comment(2, october(27))
    verdicts = by_key(judge(facts(short, two), terms=TERMS, as_of=october(27, 23)))
    assert say_to_student(verdicts["comment-1"], PHRASING) == "38 words; the rule asks for 50."
    assert sentence(verdicts["comment-1"]) == "Met. 38 words, Fri, Oct 16, 12:00 PM CDT."
    assert say_remarks(verdicts["comment-1"], PHRASING) == ("38 words; the rule asks for 50.",)
    assert say_to_student(verdicts["comment-2"], PHRASING) == (
        "It was posted after Sun, Oct 25, 11:59 PM CDT and is late."
    )
    assert say_to_student(verdicts["summary"], PHRASING) == "", "the word beside it says when it is due"


def test_the_reason_for_a_review_tells_a_student_nothing_of_others() -> None:
    judgment = judge(facts(comment(1, october(16), undecided=True)))
    said = say_to_student(judgment.verdicts[0], PHRASING)
    assert said == "We can’t tell yet whether a comment is yours. You don’t have to do anything."


def test_a_general_link_is_told_as_one() -> None:
    found = post(9, october(30), linked_blog_ids=frozenset({37}))
    student = facts(comment(1, october(16)), posts=(found,), receipts=(receipt(1, october(20)),))
    verdicts = by_key(judge(student, terms=TERMS, as_of=AFTERWARDS))
    assert "links to the blog, not to the posts" in say_to_student(verdicts["summary"], PHRASING)
    assert say_to_student(verdicts["comment-2"], PHRASING) == "Your receipt is on time."


def test_a_short_comment_that_can_still_be_mended_is_told_with_its_deadline() -> None:
    params = {"short": [["short-words", 48, 50], ["short-links", 0, 1]]}
    verdict = Verdict("comment-1", State.NOT_DUE, "too-short", DUE, params)
    assert say_to_student(verdict, PHRASING) == (
        "Found, 48 words; the rule asks for 50. No link; the rule asks for 1. "
        "There is time until Sun, Oct 25, 11:59 PM CDT."
    )


def test_a_questionable_date_is_said_by_its_clock() -> None:
    clock = Reason("not-shown", {"stated": october(25, 21).isoformat(), "checked": october(26).isoformat()})
    verdict = Verdict("comment-1", State.DATE_QUESTIONABLE, "date", DUE, comment_id=1, clock=(clock,))
    said = say_verdict(verdict, PHRASING)
    assert said == (
        "It is dated Sun, Oct 25, 9:00 PM CDT, but a full check on Mon, Oct 26, 12:00 PM CDT did not show it."
    )
    assert say_clock(verdict, PHRASING) == said


def test_a_blog_is_named_as_it_is_called_when_somebody_reads() -> None:
    verdict = Verdict("comment-1", State.CANNOT_SEE, "no-comment-feed", DUE, {"blog_id": 37})
    assert say_verdict(verdict, Phrasing(PHRASING.locale, {37: "Room Ten"})).startswith("“Room Ten” has no")
    assert say_verdict(verdict, Phrasing(PHRASING.locale)).startswith("This blog has no feed")


def test_instants_are_said_as_the_course_writes_them() -> None:
    verdict = Verdict("comment-1", State.NOT_DUE, "not-due", DUE)
    british = Phrasing(CourseLocale(PHRASING.locale.zone, "en_GB"))
    assert (say_verdict(verdict, PHRASING), say_verdict(verdict, british)) == (
        "Due Sun, Oct 25, 11:59 PM CDT.",
        "Due Sun 25 Oct, 23:59 CDT.",
    )


@pytest.mark.parametrize("trait", Trait)
def test_every_trait_can_be_fallen_short_of(trait: Trait) -> None:
    assert PHRASING.say(SHORT, f"short-{trait.value}", {"has": 0, "asked": 2}).endswith(".")


def test_a_reason_that_says_no_more_than_its_state_is_worded_as_the_state() -> None:
    assert say_verdict(Verdict("comment-1", State.EXCUSED, "excused", DUE), PHRASING) == "Excused."
    late = Verdict("comment-1", State.LATE, "late", DUE, params={"late_by_s": 60})
    assert say_verdict(late, PHRASING).startswith("It came 1 minute after")


def test_a_code_without_a_sentence_is_an_error() -> None:
    with pytest.raises(KeyError, match="lost"):
        say_verdict(Verdict("comment-1", State.LATE, "lost", DUE), PHRASING)
    with pytest.raises(KeyError, match="before-opening: no sentence fits"):
        say_not_counted(NotCounted("", "before-opening", {"at": ""}), PHRASING)


def test_a_parameter_that_nobody_can_write_is_an_error() -> None:
    with pytest.raises(KeyError, match="lines"):
        PHRASING.say({"new": "{words:lines}"}, "new", {"words": 1})


def test_where_several_sentences_are_there_a_later_one_asks_for_less() -> None:
    """The first that fits is taken, so one that asks for no more than an earlier one is never said."""
    for table in (MET, REMARKS):
        for code, known in table.items():
            if isinstance(known, tuple):
                asked = [fields_of(one) for one in known]
                pairs = [(one, other) for n, one in enumerate(asked) for other in asked[n + 1 :]]
                assert not [code for one, other in pairs if one <= other]


GRADING = Path(__file__).parents[2] / "tracker" / "grading"
JUDGING = [
    *(GRADING / "judging").glob("*.py"),
    *(GRADING / f"{one}.py" for one in ("lateness", "edits", "claims_in_summary")),
]
CODE = re.compile(r'(?:Reason\(|State\.\w+, |reason = |refusal = |return |else )"([a-z]+(?:-[a-z]+)*)"')


def test_every_code_that_grading_writes_has_a_sentence_and_no_other() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in JUDGING)
    written, said = set(CODE.findall(text)), {*MET, *MARKS, *REMARKS, *SUMMARY_CLAIMS, "date"}
    assert len(written) > 40
    assert written - {"published", "too-short", "lacks"} <= {*said, *State}, "codes without a sentence"
    composed = {"class-blog-opted-out", "class-blog-failing", "class-blog-gap", *SHORT}
    assert said - composed <= set(re.findall(r'[}"]([a-z]+(?:-[a-z]+)*)"', text)), "never said"

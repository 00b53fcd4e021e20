from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.states import Bucket, State
from tracker.grading.phase import Phase
from tracker.grading.round_summary import (
    DECIDED,
    Standing,
    bucket,
    place_of,
    round_counts,
    summarize,
)
from tracker.wording.states import show


def student(*states: str, **values: bool) -> Standing:
    return Standing(tuple(map(State, states)), **values)


def test_a_round_adds_up_to_the_class() -> None:
    """PRODUCT S1, the Monday after the deadline."""
    cast = (
        [student("met", "met")] * 124
        + [student("met", "not_found_yet")] * 9
        + [student("not_found_yet", "not_found_yet")] * 6
        + [student("met", "in_review")] * 3
        + [student("date_questionable", "cannot_see")]
        + [student("met", "cannot_see")] * 6
        + [student("met", "in_moderation")]
    )
    counts = round_counts(cast)
    assert (counts.students, counts.done(Phase.PAST), counts.need_you, counts.cannot_be_seen) == (
        150,
        139,
        4,
        7,
    )
    assert {one: number for one, number in counts.buckets.items() if number} == {
        Bucket.ALL_MET: 124,
        Bucket.SOME_FOUND: 9,
        Bucket.NONE_FOUND: 6,
        Bucket.NEEDS_REVIEW: 4,
        Bucket.CANNOT_SEE: 6,
        Bucket.IN_MODERATION: 1,
    }


STANDINGS = st.builds(
    Standing,
    states=st.lists(st.sampled_from(State), max_size=3).map(tuple),
    has_marks=st.booleans(),
    needs_levels=st.booleans(),
    is_recorded=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(STANDINGS))
def test_every_student_is_in_one_bucket(standings: list[Standing]) -> None:
    counts = round_counts(standings)
    assert sum(counts.buckets.values()) == counts.students == len(standings)
    left = counts.buckets[Bucket.NOT_DUE]
    assert counts.done(Phase.PAST) + counts.need_you + counts.cannot_be_seen + left == counts.students
    for one in standings:
        assert one.is_decided + one.needs_you + one.cannot_be_seen + (one.place is Bucket.NOT_DUE) == 1


@pytest.mark.parametrize(
    ("states", "values", "expected"),
    [
        pytest.param(("met", "met"), {"has_marks": True}, Bucket.NEEDS_REVIEW, id="a mark asks for a person"),
        pytest.param(("met", "cannot_see"), {"has_marks": True}, Bucket.NEEDS_REVIEW, id="before a blog"),
        pytest.param(("met", "met"), {"needs_levels": True}, Bucket.NEEDS_REVIEW, id="levels do"),
        pytest.param(
            ("met", "met"), {"has_marks": True, "is_recorded": True}, Bucket.ALL_MET, id="looked at"
        ),
        pytest.param(("met", "in_review"), {"is_recorded": True}, Bucket.RECORDED, id="graded all the same"),
        pytest.param(("cannot_see",), {"is_recorded": True}, Bucket.RECORDED, id="graded unseen"),
        pytest.param(("not_due",), {"is_recorded": True}, Bucket.RECORDED, id="graded before it is due"),
        pytest.param(("excused",), {"is_recorded": True}, Bucket.EXCUSED, id="excused and graded"),
    ],
)
def test_what_a_person_recorded_is_decided_and_a_mark_asks_for_one(
    states: tuple[str, ...], values: dict[str, bool], expected: Bucket
) -> None:
    place = place_of(student(*states, **values))
    assert place is expected
    assert (place in DECIDED) is values.get("is_recorded", False)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["met", "late"], Bucket.LATE),
        (["excused", "met"], Bucket.ALL_MET),
        (["excused", "excused"], Bucket.EXCUSED),
        (["met", "does_not_count"], Bucket.NOT_COUNTING),
        (["late", "not_found_yet"], Bucket.SOME_FOUND),
        (["excused", "not_found_yet"], Bucket.NONE_FOUND),
        (["met", "not_due"], Bucket.NOT_DUE),
        (["met", "provisional"], Bucket.IN_MODERATION),
        (["in_moderation", "cannot_see"], Bucket.CANNOT_SEE),
        ([], Bucket.NOT_DUE),
    ],
)
def test_a_student_is_counted_by_what_a_person_has_to_know_first(states: list[str], expected: Bucket) -> None:
    assert bucket([State(state) for state in states]) is expected
    assert bucket([State(state) for state in reversed(states)]) is expected


@pytest.mark.parametrize(
    ("states", "word", "icon"),
    [
        (["met", "met"], "Met", "met"),
        (["met", "not_found_yet"], "1 of 2", "half"),
        (["late", "not_found_yet"], "1 of 2", "half"),
        (["met", "not_due"], "1 of 2", "half"),
        (["not_found_yet", "not_found_yet"], "Not found yet", "not_found_yet"),
        (["met", "late"], "Late", "late"),
        (["met", "does_not_count"], "1 does not", "does_not_count"),
        (["does_not_count", "does_not_count"], "Does not count", "does_not_count"),
        (["does_not_count", "does_not_count", "met"], "2 do not", "does_not_count"),
        (["cannot_see", "in_review"], "Needs you", "in_review"),
        (["date_questionable", "met"], "Date?", "date_questionable"),
        (["cannot_see", "met"], "Can’t see", "cannot_see"),
        (["provisional", "in_moderation"], "In moderation", "in_moderation"),
        (["provisional", "met"], "Met for now", "provisional"),
        (["excused", "met"], "Met", "met"),
        (["excused", "not_found_yet", "met"], "1 of 2", "half"),
        (["excused", "excused"], "Excused", "excused"),
        (["not_found_yet", "not_due"], "Not found yet", "not_found_yet"),
        (["not_due", "not_due"], "Not due", "not_due"),
        (["late", "provisional", "met"], "Met for now", "provisional"),
        ([], "Not due", "not_due"),
    ],
)
def test_a_cell_has_a_word_and_an_icon(states: list[str], word: str, icon: str) -> None:
    shown = show(summarize([State(state) for state in states]))
    assert (shown.word, shown.icon) == (word, icon)
    state = State.NOT_FOUND_YET if icon == "half" and "not_found_yet" in states else State.NOT_DUE
    assert shown.state is (state if icon == "half" else State(icon))


def test_late_and_excused_and_done_together_are_late() -> None:
    states = [State.MET, State.LATE, State.EXCUSED]
    assert bucket([*states, State.PROVISIONAL]) is Bucket.IN_MODERATION
    assert bucket(states) is Bucket.LATE

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.states import Bucket, State
from tracker.grading.round_summary import bucket, round_counts, summarize
from tracker.wording.states import show

KEYS = ("comment-1", "comment-2")


def student(*states: str, summary: str = "not_due") -> list[tuple[str, State]]:
    parts = [(f"comment-{n}", State(state)) for n, state in enumerate(states, start=1)]
    return [*parts, ("summary", State(summary))]


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
    counts = round_counts(dict(enumerate(cast)), KEYS)
    assert (counts.students, counts.decided, counts.need_you, counts.cannot_be_seen) == (150, 139, 4, 7)
    assert {one: number for one, number in counts.buckets.items() if number} == {
        Bucket.ALL_MET: 124,
        Bucket.SOME_FOUND: 9,
        Bucket.NONE_FOUND: 6,
        Bucket.NEEDS_REVIEW: 4,
        Bucket.CANNOT_SEE: 6,
        Bucket.IN_MODERATION: 1,
    }


@settings(deadline=None)
@given(st.dictionaries(st.integers(), st.lists(st.sampled_from(State), max_size=3)))
def test_every_student_is_in_one_bucket(states: dict[int, list[State]]) -> None:
    judged = {key: [(f"comment-{n}", state) for n, state in enumerate(some)] for key, some in states.items()}
    counts = round_counts(judged, {"comment-0", "comment-1", "comment-2"})
    assert sum(counts.buckets.values()) == counts.students == len(states)
    assert counts.decided + counts.need_you + counts.cannot_be_seen + counts.not_due == counts.students


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

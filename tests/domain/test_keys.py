"""What may be the key of a course or an assignment."""

from __future__ import annotations

import pytest

from tracker.domain.errors import TrackerError
from tracker.domain.keys import read_key


def test_a_key_is_kept_trimmed_and_in_small_letters() -> None:
    assert read_key(" EDT320-Fall ", whose="A course", such_as="edt320") == "edt320-fall"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(" ", id="nothing"),
        pytest.param("edt 320", id="a blank inside"),
        pytest.param("edt/320", id="what parts an address"),
        pytest.param("e" * 61, id="longer than sixty characters"),
        pytest.param("New", id="a word that an address of ours has"),
    ],
)
def test_what_could_not_stand_in_an_address_is_no_key(text: str) -> None:
    with pytest.raises(TrackerError, match="A course’s short name has 1 to 60 characters"):
        read_key(text, whose="A course", such_as="edt320", reserved={"new"})

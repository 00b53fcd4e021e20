"""How much students tell of themselves: how often each scene occurs, and who hides behind a pen name.

`RETICENT` students mostly write a few plain sentences; one comment in thirty has nothing that tells its
writer. `TELLING` has the rates of the labelled courses that the rules were developed on (see
docs/matching.md): half of the comments introduce their writer, a quarter give the own blog in the text, one
in ten has a plugin's link, one in a hundred is anonymous.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Habits:
    """Shares of the students' scenes by name, of comments left as "Anonymous", and the weights of the styles
    of name fields (`students.STYLES`)."""

    scenes: Mapping[str, float]
    anonymous: float
    styles: tuple[int, ...]


RETICENT = Habits(
    scenes={
        "plain": 25, "signed": 6.5, "introduced": 7, "linked": 3, "names_classmate": 3, "addresses_other": 2,
        "quotes": 1.6, "slips_in_address": 1.5, "has_plugin_tail": 1.2, "shared_computer": 1,
        "two_writers": 0.6, "pseudonym": 1.1, "tells_of_relative": 1, "tells_of_former_job": 0.8,
        "copied": 0.7,
    },
    anonymous=0.025,
    styles=(47, 20, 11, 7, 8, 7),
)  # fmt: skip
TELLING = Habits(
    scenes={
        "plain": 12, "signed": 6, "introduced": 14, "linked": 7, "names_classmate": 3, "addresses_other": 1.2,
        "quotes": 1, "slips_in_address": 1.5, "has_plugin_tail": 4.4, "shared_computer": 0.8,
        "two_writers": 0.4, "pseudonym": 0.3, "tells_of_relative": 1, "tells_of_former_job": 0.8,
        "copied": 0.6,
    },
    anonymous=0.012,
    styles=(50, 20, 13, 7, 8, 2),
)  # fmt: skip
HABITS = {"reticent": RETICENT, "telling": TELLING}

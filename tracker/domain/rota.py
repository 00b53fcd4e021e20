"""How blogs are dealt out to those who have none.

Tested in tests/grading/test_rota.py.
"""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    RANDOM = "random"
    ROTATION = "rotation"  # in the order of the roster, each round further along the list of blogs

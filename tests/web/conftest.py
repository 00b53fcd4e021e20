"""The standing cast, on the database of the test."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.cast import Cast, gather


@pytest.fixture
def cast(app: Flask) -> Cast:
    with app.app_context():
        return gather()

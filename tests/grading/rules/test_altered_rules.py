"""A rule's file altered at random is refused with a sentence, or judges people like any other rule."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.grading.cases import AMERICAN, CHICAGO
from tests.grading.rules.test_random_rules import AS_OF, SIGHTS, draw_student
from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import TrackerError
from tracker.grading.judging.credit import judge_student
from tracker.grading.rules.checks import check
from tracker.grading.rules.document import terms_from_document, terms_to_document
from tracker.grading.rules.to_form import type_rule
from tracker.grading.score import propose
from tracker.wording.rules import rule_sentence

RULES = [
    json.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parents[3] / "docs" / "rules").glob("*.json"))
]
Place = tuple[str | int, ...]


def test_an_altered_file_is_refused_or_judges(full: bool) -> None:
    known: Counter[str] = Counter()
    for seed in range(20_000 if full else 1_500):
        rng = Random(seed)
        document = deepcopy(rng.choice(RULES))
        for _ in range(rng.choice([1, 1, 2, 3])):
            alter(rng, document)
        terms, refusal = take(document)
        if terms is None:
            assert refusal[-1] in ".!?”", seed
            assert len(refusal) < 500, seed
            known["refused"] += 1
            continue
        assert rule_sentence(terms, AMERICAN), seed
        assert terms_from_document(terms_to_document(terms)) == terms, seed
        typed = type_rule(terms, CHICAGO)
        known["typed" if typed is not None else "beyond the form"] += 1
        judged = judge_student(terms, draw_student(rng, terms), SIGHTS, SIGHTS, AS_OF, CHICAGO).verdicts
        named = {one.requirement for one in judged}
        assert named >= {one.key for one in terms.requirements() if not one.is_optional}, seed
        assert named <= {one.key for one in terms.requirements()}, seed
        percent = propose(terms, judged).percent
        assert percent is None or 0 <= percent <= 100, seed
    assert min(known["refused"], known["typed"]) > 50, known


def take(document: dict[str, Any]) -> tuple[AssignmentTerms | None, str]:
    try:
        terms = terms_from_document(document)
        check(terms)
    except TrackerError as refusal:
        return None, str(refusal)
    return terms, ""


def alter(rng: Random, document: dict[str, Any]) -> None:
    """Leave out, exchange or distort one value, wherever it stands."""
    *rooms, name = rng.choice(list(paths(document)))
    inner: Any = document
    for room in rooms:
        inner = inner[room]
    if rng.random() < 0.15:
        del inner[name]
    else:
        inner[name] = deepcopy(distort(rng, inner[name]))


def paths(value: Any, at: Place = ()) -> Iterator[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield (*at, name)
        yield from paths(one, (*at, name))


def distort(rng: Random, value: Any) -> Any:
    if value is None or rng.random() < 0.1:
        return rng.choice([None, True, 2, "2", [], {}, [value]])
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return rng.choice([-1, 0, 1, 2, 7, 60, 100, 100_000, 10**30, value - 1, value + 1])
    if isinstance(value, list):
        return rng.choice([[], value[:1], value[::-1], value + value, value * 60])
    if isinstance(value, dict):
        other = rng.choice(RULES)["parts"][0]
        return {**value, **rng.choice([other, other["quota"], other.get("spread", {}), {"grace": 1}])}
    return distort_text(rng, value)


def distort_text(rng: Random, value: str) -> str:
    try:
        moved = datetime.fromisoformat(value)
    except ValueError:
        return rng.choice(
            ["", "x" * 25_000, "\x00", "0", "0.01", "1e9", "NaN", "post", "comment", "each", "pool"]
        )
    ends = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]
    near = moved + timedelta(days=rng.randint(-60, 60)) if moved not in ends else moved
    return rng.choice([near, near, *ends]).isoformat()

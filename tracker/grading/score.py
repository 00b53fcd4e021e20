"""The proposed grade of one assignment: the verdicts of its requirements, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tracker.domain.assignment import AssignmentTerms, HeldCredit
from tracker.domain.grade import Score, State, Verdict

UNDECIDED = frozenset({State.NOT_DUE, State.IN_REVIEW, State.CANNOT_SEE, State.DATE_QUESTIONABLE})
HELD = frozenset({State.PROVISIONAL, State.IN_MODERATION})
_EARNED = frozenset({State.MET, State.EXCUSED})


def propose(terms: AssignmentTerms, verdicts: Sequence[Verdict]) -> Score:
    """What the rule proposes; recording it is a person's decision.

    A gate, as EDM 310 has it: every requirement, or not yet satisfactory. Nothing is proposed
    while something is undecided. A comment that its owner holds earns what the terms say; with
    HeldCredit.NONE nothing until it is public.
    """
    states = {verdict.state for verdict in verdicts}
    if not states or states & UNDECIDED:
        return Score(satisfactory=None)
    earned = _EARNED if terms.held is HeldCredit.NONE else _EARNED | HELD
    satisfactory = states <= earned
    provisional = satisfactory and terms.held is HeldCredit.PROVISIONAL and bool(states & HELD)
    if terms.points is None:
        return Score(satisfactory, None, provisional)
    return Score(satisfactory, terms.points if satisfactory else Decimal(0), provisional)

"""What one comment can teach by each answer, and where it teaches nothing unless a person chooses to.

Tested in tests/jobs/matching/test_shared_accounts.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.domain.linkage import OF_OTHERS, Candidate, Evidence, EvidenceKind, Match
from tracker.matching.handles import may_teach
from tracker.matching.learning import Lesson

_ON_FORM = frozenset({"author", "author-link", "account", "avatar", "tail"})


@dataclass(frozen=True, slots=True)
class Teachable:
    """Everything a comment can teach, and the match that says whether it may by default."""

    offered: tuple[Lesson, ...]
    match: Match | None

    def for_answer(self, who: int | None) -> tuple[Lesson, ...]:
        """What an answer teaches (None: no student wrote it), with what is learned by default."""
        if self.match is None:
            return self.offered
        is_withheld = self.is_shared if who is None else self.is_of_another(who)
        return tuple(
            replace(
                one,
                by_default=one.by_default and not is_withheld and may_teach(one.handle.kind, self.match, who),
            )
            for one in self.offered
        )

    def for_refusal(self, who: int) -> tuple[Lesson, ...]:
        """What "not this student" teaches: nothing by default where the account may well be the student's,
        and only the words somebody else's."""
        is_withheld = self.is_of_another(who)
        return tuple(replace(one, by_default=one.by_default and not is_withheld) for one in self.offered)

    @property
    def is_shared(self) -> bool:
        """Whether the comment stands under an account that was seen with several people."""
        candidates = self.match.candidates if self.match else ()
        return any(_is_shared(piece) for one in candidates for piece in one.evidence)

    def is_of_another(self, who: int | None) -> bool:
        """Whether the account may be another student's although this one wrote: the other's name, link or
        signature stands there too, or the form speaks for others alone, or several use the account."""
        if self.match is None:
            return False
        mine = self.match.candidate(who)
        if mine is None:
            return self.is_shared or any(map(_is_on_form, self.match.candidates))
        return self.is_shared or any(piece.kind in OF_OTHERS for piece in mine.evidence)


def _is_shared(piece: Evidence) -> bool:
    of_account = piece.kind in {EvidenceKind.ACCOUNT, EvidenceKind.AVATAR}
    return piece.kind is EvidenceKind.CONTESTED or (of_account and piece.params.get("held") == "shared")


def _is_on_form(candidate: Candidate) -> bool:
    return any(piece.where in _ON_FORM and piece.bits > 0 for piece in candidate.evidence)

"""What the answers to a file of comments teach, one after the other, as `known_handles` has it for a course.

Tested in tests/queries/matching/test_match_file.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.roster import AccountKey, Denial, HandleKind, HandleState, KnownHandle
from tracker.matching.candidates import RosterIndex
from tracker.matching.learning import Lesson
from tracker.queries.matching.account_keys import CAN_BE_CONTESTED


class FileLessons:
    """Adds to an index what is learned. An account that was seen with two students is both's and proves
    nothing; a name that was taught beside it is forgotten."""

    def __init__(self, index: RosterIndex) -> None:
        self._index = index
        self._users: dict[AccountKey, set[int]] = defaultdict(set)
        self._names: dict[AccountKey, list[tuple[int, KnownHandle]]] = defaultdict(list)

    def learn(
        self, who: int | None, handle: KnownHandle, blog_id: int, beside: Iterable[AccountKey] = ()
    ) -> None:
        """A person said whose a handle is (None: no student's)."""
        if who is None:
            self._index.deny(
                Denial(handle.kind, handle.key, blog_id=blog_id if handle.kind is HandleKind.NAME else None)
            )
            return
        if handle.kind is HandleKind.NAME:
            for key in beside:
                self._names[key].append((who, handle))
        self._index.learn(who, handle)
        self._share(handle)

    def learn_from_accept(self, who: int, handle: KnownHandle | None) -> None:
        """An account proved once is provisional; proved twice it counts."""
        if handle is None or self._index.known_blogs.find(handle.shown) in self._index.known_blogs:
            return
        held = self._index.ever_held(handle.kind, handle.key)
        seen_before = any(holder.enrollment_id == who for holder in held)
        self._index.learn(who, replace(handle, state=HandleState.ACTIVE) if seen_before else handle)
        self._share(handle)

    def note_uses(self, who: int, offered: Iterable[Lesson]) -> None:
        """A student was confirmed beside somebody else's name: whoever holds the account shares it."""
        for lesson in offered:
            if lesson.handle.kind in CAN_BE_CONTESTED:
                self._users[lesson.handle.kind, lesson.handle.key].add(who)
                self._share(lesson.handle)

    def _share(self, handle: KnownHandle) -> None:
        key = (handle.kind, handle.key)
        holders = {holder.enrollment_id for holder in self._index.ever_held(*key)}
        if handle.kind not in CAN_BE_CONTESTED or not holders or len(holders | self._users[key]) < 2:
            return
        for user in self._users[key] - holders:
            self._index.learn(user, handle)
        for who, name in self._names.pop(key, ()):
            self._forget(who, name)

    def _forget(self, who: int, name: KnownHandle) -> None:
        place = (HandleKind.NAME, name.key.replace(" ", ""))
        held = self._index.handles.get(place, ())
        self._index.handles[place] = [one for one in held if (one.enrollment_id, one.handle) != (who, name)]

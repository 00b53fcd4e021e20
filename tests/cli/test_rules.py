"""import-assignment, export-assignment, preview-deadline."""

from __future__ import annotations

import json

from tests.cli.conftest import Shell, add_round

WEEKLY = {
    "form": 2,
    "title": "Two classmates",
    "parts": [
        {
            "key": "comment",
            "kind": "comment",
            "target": {"where": "classmates"},
            "periods": [
                {
                    "number": 1,
                    "window": {"opens_at": "2024-10-07T05:00:00Z", "due_at": "2024-10-14T05:00:00Z"},
                },
                {
                    "number": 2,
                    "window": {"opens_at": "2024-10-14T05:00:00Z", "due_at": "2024-10-21T05:00:00Z"},
                },
            ],
            "quota": {"required": 4, "period_least": 2},
            "spread": {"different": "blogs", "each_period": True},
        }
    ],
}


def test_a_rule_goes_out_and_in_again_without_loss(shell: Shell, course: str) -> None:
    add_round(shell, "--summary-due", "2024-10-19 23:59", "--points", "12.5", "--min-words", "40")
    written = shell("export-assignment", "c4t-1", "--course", course).stdout
    file = shell.write("other.json", written)
    assert "version 1 is in force" in shell("import-assignment", file, "--course", course).stdout
    assert shell("export-assignment", "other", "--course", course).stdout == written
    before = shell.dump()
    assert "Nothing changed" in shell("import-assignment", file, "--course", course).stdout
    assert shell.dump() == before


def test_a_rule_is_told_and_previewed_before_it_is_in_force(shell: Shell, course: str) -> None:
    file = shell.write("mates.json", json.dumps(WEEKLY))
    before = shell.dump()
    said = shell("import-assignment", file, "--course", course, "--dry-run").stdout
    assert said.startswith(
        "Write four comments on posts of your classmates’ blogs, two a week, in the two weeks from Monday, "
        "October 7 to Sunday, October 20, 11:59 PM CDT. Each week ends on Sunday at 11:59 PM. No two in a "
        "week may be on the same blog."
    )
    assert "No students yet." in said
    assert "mates: version 1 would be in force." in said
    assert shell.dump() == before


def test_what_cannot_be_read_is_named_with_its_place(shell: Shell, course: str) -> None:
    part = {**WEEKLY["parts"][0], "quota": {"required": "four"}}  # type: ignore[index, dict-item]
    wrong = shell.write("wrong.json", json.dumps({**WEEKLY, "parts": [part]}))
    said = shell("import-assignment", wrong, "--course", course, code=2).stderr
    assert "parts.quota.required is 'four', not a whole number" in said
    broken = shell.write("broken.json", "{")
    assert "broken.json is not JSON" in shell("import-assignment", broken, "--course", course, code=2).stderr
    missing = shell("export-assignment", "c4t-9", "--course", course, code=2).stderr
    assert "There is no assignment c4t-9" in missing


def test_a_moved_deadline_is_only_previewed(term: Shell) -> None:
    before = term.dump()
    missing = term("preview-deadline", "c4t-9", "2", "--course", "edt320", code=2).stderr
    assert "There is no assignment c4t-9" in missing
    said = term("preview-deadline", "c4t-1", "2", "--course", "edt320").stdout
    assert said.startswith("No student changes.") or " change" in said
    assert term.dump() == before

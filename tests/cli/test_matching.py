"""match-file: files in, decisions out, and the database left alone."""

from __future__ import annotations

import json

from tests.cli.conftest import ROSTER, Shell

COMMENT = {
    "id": "c1",
    "blog_url": "http://chalkdust.example/",
    "post_url": "http://chalkdust.example/2024/10/x/",
    "permalink": "http://chalkdust.example/2024/10/x/#comment-1",
    "published": "2024-10-11T15:00:00Z",
    "source": "wordpress-rest",
    "author_name": "Ada Lund",
    "author_url": "http://adalund.example/",
    "body_html": "<p>What a lesson.</p>",
}


def _words(shell: Shell, comments: str) -> list[str]:
    files = {
        "roster": ROSTER,
        "blogs": "blog_url,owner_name,platform\nhttp://chalkdust.example/,Margaret Ellery,wordpress\n",
        "allocations": "blog_url,student_id,round,start,end\n",
        "comments": comments,
    }
    options = [word for name, text in files.items() for word in (f"--{name}", shell.write(name, text))]
    return ["match-file", *options, "--words", "EDT 320;EDT320", "--out", str(shell.folder / "decisions")]


def test_every_comment_of_a_file_gets_a_decision(shell: Shell) -> None:
    before = shell.dump()
    outsider = {**COMMENT, "id": "c2", "author_name": "Best Essays", "author_url": "http://essays.example/"}
    words = _words(shell, json.dumps(COMMENT) + "\n" + json.dumps(outsider) + "\n")
    assert "2 comments: 1 accepted, 0 to review, 1 not by students." in shell(*words).stdout
    decided = (shell.folder / "decisions").read_bytes()
    assert [json.loads(line) for line in decided.splitlines()] == [
        {"id": "c1", "decision": "accept", "student_id": "s0001"},
        {"id": "c2", "decision": "ignore", "student_id": None},
    ]
    shell(*words)
    assert (shell.folder / "decisions").read_bytes() == decided
    assert shell.dump() == before


def test_broken_line_is_exit_code_2_with_its_number(shell: Shell) -> None:
    result = shell(*_words(shell, json.dumps(COMMENT) + "\n{broken\n"), code=2)
    assert "ine 2" in result.stderr
    assert not (shell.folder / "decisions").exists()


def test_file_that_is_not_there_is_exit_code_2(shell: Shell) -> None:
    words = [word for word in _words(shell, "") if not word.endswith("/roster")]
    words.insert(words.index("--roster") + 1, str(shell.folder / "nothing.csv"))
    assert "does not exist" in shell(*words, code=2).stderr

"""How the room speaks: the comment, the blog or we are the subject, never the student."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tracker import wording

HARSH = re.compile(r"\b(missing|failed|invalid|flagged|violation|cheat\w*|wrong)\b|!(?!=)", re.IGNORECASE)


def test_no_sentence_about_students_accuses() -> None:
    """What forms and rules say is of no student."""
    paths = [path for path in Path(wording.__file__).parent.glob("*.py") if not path.stem.startswith("rule")]
    said = [text for path in paths for text in sentences_in(path)]
    assert len(said) > 100
    assert [text for text in said if HARSH.search(text)] == []


def sentences_in(path: Path) -> list[str]:
    """The texts of a module that hold a blank, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [node.value for node in texts if isinstance(node.value, str) and " " in node.value]

"""templates/macros/states.html: every state has a drawing and a color."""

from __future__ import annotations

from flask import Flask

from tracker.wording.states import LEGEND


def test_every_cell_has_a_drawing_and_a_color(context: Flask) -> None:
    macros = context.jinja_env.get_template("macros/states.html").module
    drawings = str(macros.state_symbols())  # type: ignore[attr-defined]
    for cell, _ in LEGEND:
        assert f'id="i-{cell.icon}"' in drawings
        shown = str(macros.state(cell.icon, cell.word))  # type: ignore[attr-defined]
        assert f'href="#i-{cell.icon}"' in shown
        assert f'class="state {macros.colors[cell.icon]}"' in shown  # type: ignore[attr-defined]
        assert cell.word in shown

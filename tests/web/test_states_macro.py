"""templates/macros/states.html: every state has a drawing, a color and a line in the legend."""

from __future__ import annotations

from flask import Flask

from tracker.wording.states import LEGEND


def test_every_cell_has_a_drawing_a_color_and_a_meaning(context: Flask) -> None:
    macros = context.jinja_env.get_template("macros/states.html").module
    checks = macros.styles  # type: ignore[attr-defined]
    drawings = str(macros.state_symbols())  # type: ignore[attr-defined]
    for cell in LEGEND:
        assert f'id="i-{cell.icon}"' in drawings
        shown = str(macros.state(cell.icon, cell.word))  # type: ignore[attr-defined]
        assert f'href="#i-{cell.icon}"' in shown
        assert f'class="state {checks[cell.icon][0]}"' in shown
        assert cell.word in shown
        assert checks[cell.icon][1]

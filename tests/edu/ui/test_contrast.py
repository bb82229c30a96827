"""Every pair of colours that meets on a page, in both themes (WCAG 2.2 §1.4.3 and §1.4.11)."""

import re
from pathlib import Path

import pytest

import edu.ui

CSS = (Path(edu.ui.__file__).parent / "static/css/tokens.css").read_text("utf-8")
SURFACES = ("paper", "surface", "sunk")
TONES = ("good", "warn", "bad", "info")

TEXT = [
    *((ink, surface) for ink in ("ink", "ink-soft", "action", "bad-ink") for surface in SURFACES),
    *((f"{tone}-ink", f"{tone}-soft") for tone in TONES),
    *((f"{tone}-ink", "surface") for tone in TONES),
    ("action-hover", "paper"), ("action-hover", "sunk"), ("on-action", "action"),
    ("on-action", "action-hover"), ("on-hero", "hero"), ("on-hero-soft", "hero"),
    ("gold", "hero"), ("on-gold", "gold"), ("on-gold", "gold-hover"), ("brand", "surface"),
    ("brand", "paper"), ("surface", "good-mid"),
]  # fmt: skip
MARKS = [
    *(("line-strong", surface) for surface in ("paper", "surface")),
    *((f"{tone}-mid", surface) for tone in TONES for surface in ("paper", "surface")),
    *((f"series-{n}", "surface") for n in range(1, 6)),
    *(("focus", surface) for surface in SURFACES),
    ("warn-mid", "line"), ("heat-3", "surface"), ("heat-4", "surface"),
]  # fmt: skip


def _block(opening: str) -> dict[str, str]:
    body = CSS[CSS.index(opening) :].partition("{")[2].partition("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))


LIGHT = _block("  :root {")
DARK = _block(':root:not([data-theme="light"])')


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_agrees_with_the_standard_at_its_ends():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_reaches_four_and_a_half_to_one(theme, ink, ground):
    assert _contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_lines_and_marks_reach_three_to_one(theme, mark, ground):
    assert _contrast(theme[mark], theme[ground]) >= 3


def test_the_chosen_dark_theme_is_the_systems_dark_theme():
    assert _block(':root[data-theme="dark"]') == DARK


def test_dark_changes_every_colour_but_those_meant_to_stay():
    staying = {"on-hero", "on-hero-soft", "gold", "gold-hover", "on-gold"}

    colours = {name for name, value in LIGHT.items() if value.startswith("#")}

    assert colours <= DARK.keys()
    assert {name for name in colours if LIGHT[name] == DARK[name]} == staying

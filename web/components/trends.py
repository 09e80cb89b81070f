"""Evaluations as pictures: how each figure went from run to run, an engine a line. Pure: facts in, markup out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, EDGE = 320, 110, 8
TONES = ("--tungsten", "--mint", "--slate", "--plum", "--coral")
NAMES = {
    "tts_ms": ("Speech", "ms"), "render_ms": ("Picture", "ms"), "total_ms": ("In all", "ms"),
    "speaker_similarity": ("Like the speaker", ""), "f0_rmse_hz": ("Pitch apart", "Hz"),
    "language_correct": ("Language heard", ""), "lip_sync": ("Lips", ""), "wer": ("Words heard otherwise", ""),
    "cer": ("Letters heard otherwise", ""),
}  # fmt: skip

Series = Mapping[str, Sequence[float]]
"""Engine → values, oldest first."""


def chart(name: str, series: Series) -> str:
    """One figure as lines over its runs, with the newest values in words."""
    label, unit = NAMES.get(name, (name, ""))
    values = [value for line in series.values() for value in line]
    if not values:
        return ""
    low, high = min(0.0, *values), max(values) or 1.0
    lines = "".join(_line(line, low, high, TONES[n % len(TONES)]) for n, line in enumerate(series.values()))
    newest = "".join(
        f'<li><i class="swatch" style="background:var({TONES[n % len(TONES)]})" aria-hidden="true"></i>{escape(engine)} '
        f'<span class="num">{line[-1]:g} {unit}</span></li>'
        for n, (engine, line) in enumerate(series.items())
        if line
    )
    said = f"{label}: {'; '.join(f'{engine} {line[-1]:g} {unit}' for engine, line in series.items() if line)}"
    return (
        f'<figure class="card card-in"><figcaption class="card-title">{label}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(said)}">{lines}</svg>'
        f'<ul class="legend">{newest}</ul></figure>'
    )


def _line(values: Sequence[float], low: float, high: float, tone: str) -> str:
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    points = [
        (EDGE + n * step, HEIGHT - EDGE - (value - low) / max(high - low, 1e-9) * (HEIGHT - 2 * EDGE))
        for n, value in enumerate(values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="var({tone})"/>' for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="var({tone})" stroke-width="1.5"/>{dots}'

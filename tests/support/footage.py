"""Small real videos for tests and screenshots: a presenter before a coloured scene, H.264 and AAC in an MP4."""

from __future__ import annotations

import colorsys
import math
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FPS = 10
RATE = 16_000
FONTS = Path("/usr/share/fonts/truetype")
INTER = Path(__file__).parents[2] / "web/static/fonts/inter-latin-opsz-normal.woff2"
OTHER_FONTS = {"zh": FONTS / "droid/DroidSansFallbackFull.ttf", "ar": FONTS / "dejavu/DejaVuSans-Bold.ttf"}
SKIN = ("#F2C9A5", "#8D5A3B", "#E5B48A", "#5F3B28", "#D9A07A", "#F6D7BD")
HAIR = ("#2B1D16", "#7A3F20", "#C9A063", "#16131A", "#B4482E", "#5A5A62")


def film(path: Path, width: int, height: int, seconds: float, seed: int, title: str, language: str = "en") -> None:
    """A video in which the presenter's mouth moves and a tone swells; `seed` chooses colours and face."""
    closed, opened = (picture(width, height, seed, title, language, mouth) for mouth in (0.0, 1.0))
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as file:
        video = file.add_stream("libx264", FPS, options={"preset": "ultrafast", "crf": "24"})
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        audio = file.add_stream("aac", RATE, layout="mono")
        for number in range(round(seconds * FPS)):
            frame = av.VideoFrame.from_image(opened if number % 4 in (1, 2) else closed)
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            file.mux(video.encode(frame))
        for start in range(0, round(seconds * RATE), 1024):
            at = np.arange(start, start + 1024) / RATE
            tone = (0.1 * np.sin(2 * math.pi * 180 * at) * (0.6 + 0.4 * np.sin(9 * at))).astype(np.float32)
            sound = av.AudioFrame.from_ndarray(tone[None, :], format="fltp", layout="mono")
            sound.sample_rate, sound.pts, sound.time_base = RATE, start, Fraction(1, RATE)
            file.mux(audio.encode(sound))
        file.mux(video.encode(None))
        file.mux(audio.encode(None))


def picture(width: int, height: int, seed: int, title: str, language: str = "en", mouth: float = 0.0) -> Image.Image:
    """One frame: gradient, two suns, a bust, the title."""
    image = _gradient(width, height, seed)
    draw = ImageDraw.Draw(image, "RGBA")
    unit = min(width, height)
    glow = _colour(seed + 0.13, 0.55, 0.95)
    draw.ellipse(_circle(width * 0.16, height * 0.96, unit * 0.36), fill=(*glow, 120))
    draw.ellipse(_circle(width * 0.9, height * 0.06, unit * 0.22), fill=(*_colour(seed + 0.55, 0.5, 0.9), 70))
    tall = height > width
    _bust(
        draw,
        width * (0.5 if tall else 0.74),
        height * (0.66 if tall else 0.52),
        unit * (0.24 if tall else 0.2),
        seed,
        mouth,
    )
    _title(draw, width, height, title, language, tall)
    return image


def peaks(seed: int, count: int = 200) -> tuple[float, ...]:
    """A speech-like outline for the waveform."""
    at = np.arange(count)
    random = np.random.default_rng(seed)
    phrases = np.clip(np.sin(at / 9.0 + seed) + 0.75, 0.05, 1.0)
    return tuple(float(v) for v in np.round(np.clip(phrases * random.uniform(0.35, 1.0, count), 0.03, 1), 2))


def _bust(draw: ImageDraw.ImageDraw, x: float, y: float, r: float, seed: int, mouth: float) -> None:
    skin, hair = SKIN[seed % len(SKIN)], HAIR[(seed // 2) % len(HAIR)]
    coat = _colour(seed + 0.4, 0.5, 0.42)
    draw.ellipse(_circle(x, y - r * 0.16, r * 1.12), fill=hair)
    draw.rounded_rectangle((x - r * 2.1, y + r * 1.25, x + r * 2.1, y + r * 6), r * 1.1, fill=coat)
    draw.polygon([(x - r * 0.7, y + r * 1.25), (x + r * 0.7, y + r * 1.25), (x, y + r * 2.5)], fill="#F4EFE8")
    draw.rounded_rectangle((x - r * 0.42, y + r * 0.5, x + r * 0.42, y + r * 1.7), r * 0.35, fill=skin)
    draw.ellipse((x - r * 0.86, y - r * 0.95, x + r * 0.86, y + r * 1.12), fill=skin)
    draw.pieslice((x - r * 0.98, y - r * 1.3, x + r * 0.98, y + r * 0.62), 180, 360, fill=hair)
    for side in (-1, 1):
        draw.ellipse(_circle(x + side * r * 0.34, y + r * 0.05, r * 0.1), fill="#241C18")
    draw.ellipse(
        (x - r * 0.26, y + r * (0.5 - 0.06 * mouth), x + r * 0.26, y + r * (0.6 + 0.16 * mouth)), fill="#8E3B3B"
    )


def _title(draw: ImageDraw.ImageDraw, width: int, height: int, title: str, language: str, tall: bool) -> None:
    size = max(8, round(min(width, height) * 0.072))
    font = _font(language, size)
    left, room = width * 0.07, width * (0.86 if tall else 0.46)
    rows, row = list[str](), ""
    for unit in list(title) if language == "zh" else [f"{word} " for word in title.split()]:
        if row and draw.textlength(row + unit, font=font) > room:
            rows.append(row)
            row = ""
        row += unit
    y = height * (0.1 if tall else 0.24)
    draw.rounded_rectangle((left, y - size * 1.1, left + size * 2.6, y - size * 0.35), size * 0.2, fill="#F3B553")
    for number, text in enumerate([*rows, row][:4]):
        x = left + room - draw.textlength(text.strip(), font=font) if language == "ar" else left
        draw.text((x, y + number * size * 1.22), text.strip(), font=font, fill="#FFFFFF")


def _font(language: str, size: int) -> ImageFont.FreeTypeFont:
    if (other := OTHER_FONTS.get(language)) and other.exists():
        return ImageFont.truetype(str(other), size)
    font = ImageFont.truetype(str(INTER), size)
    font.set_variation_by_axes([32, 700])
    return font


def _gradient(width: int, height: int, seed: int) -> Image.Image:
    top, bottom = (np.array(_colour(seed + turn, 0.62, value)) for turn, value in ((0.0, 0.2), (0.08, 0.5)))
    slope = (np.linspace(0, 1, height)[:, None] * 0.75 + np.linspace(0, 1, width)[None, :] * 0.25)[..., None]
    return Image.fromarray((top * (1 - slope) + bottom * slope).astype(np.uint8))


def _circle(x: float, y: float, r: float) -> tuple[float, float, float, float]:
    return (x - r, y - r, x + r, y + r)


def _colour(turn: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb((turn * 0.381966) % 1.0, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)

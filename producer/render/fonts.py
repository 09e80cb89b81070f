"""The typefaces that text is set in, all under the SIL Open Font License 1.1, all from their own packages.

    Inter                 Latin, Greek, Cyrillic, Vietnamese   fontpkg-inter
    Rubik                 Hebrew                               fontpkg-rubik
    Noto Sans Arabic      Arabic, Persian, Urdu                fontpkg-noto-sans-arabic
    Noto Sans Devanagari  Hindi, Marathi, Nepali               fontpkg-noto-sans-devanagari
    Noto Sans CJK         Chinese, Japanese, Korean            noto-cjk-sans-otc
    Noto Color Emoji      emoji                                dynamic-font, or the system's own

To add a script, add a `Face` and its package to pyproject.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import skia

from config.errors import BadInput, Unavailable

WEIGHTS = (500, 600, 700, 800)
"""Medium, semi-bold, bold and heavy: thinner strokes dissolve in video."""

CJK_MEMBER = {"ja": 0, "ko": 1, "zh": 2}
"""Which member of the Noto Sans CJK collection draws Han characters as each language writes them."""

CJK_COMMON = {"ja": "日本のをアー。", "ko": "한국어는이다", "zh": "的一是不了。"}
"""What a typeface for these languages cannot lack."""

SYSTEM_EMOJI = (
    Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),  # Debian, Ubuntu: fonts-noto-color-emoji
    Path("/usr/share/fonts/noto/NotoColorEmoji.ttf"),  # Arch: noto-fonts-emoji
    Path("/usr/share/fonts/google-noto-color-emoji-fonts/Noto-COLRv1.ttf"),  # Fedora
)
"""Where systems keep Noto Color Emoji, for machines that the package has no wheel for."""
SFNT = (b"\x00\x01\x00\x00", b"true", b"OTTO", b"wOFF")
"""How the files that FreeType opens here begin: TrueType, Apple's TrueType, OpenType, WOFF 1."""
LARGEST_TYPEFACE = 30 << 20
TYPEFACE_CURE = "Choose a TTF, OTF or WOFF file of at most 30 MB."


@dataclass(frozen=True)
class Face:
    """`axes` are fixed variation axes beside the weight; a face without a weight axis has `weights` = ()."""

    family: str
    package: str
    file: str
    weights: tuple[int, ...] = WEIGHTS
    axes: Mapping[str, float] = field(default_factory=dict)
    member: int = 0

    def load(self, manager: skia.FontMgr) -> list[skia.Typeface]:
        """One typeface per weight. Raises Unavailable when the package is not installed."""
        base = manager.makeFromFile(str(self.path()), self.member)
        if base is None:
            raise Unavailable(
                f"The typeface {self.file} cannot be read.", f"Run: pip install --force-reinstall {self._pip_name}"
            )
        return [_varied(base, {**self.axes, "wght": weight}) for weight in self.weights] or [base]

    def path(self) -> Path:
        """Its file. Found without importing the package: some hold more than typefaces.
        Raises Unavailable when it is not installed."""
        spec = find_spec(self.package)
        paths = [Path(folder, self.file) for folder in (spec.submodule_search_locations or [] if spec else [])]
        for path in paths:
            if path.is_file():
                return path
        raise Unavailable(f"The typeface {self.family} is not installed.", f"Run: pip install {self._pip_name}")

    @property
    def _pip_name(self) -> str:
        return self.package.replace("_", "-")


@dataclass(frozen=True)
class OwnFace:
    """A show's own typeface: a file of one weight, or one with a weight axis."""

    path: Path
    family = "own"

    def load(self, manager: skia.FontMgr) -> list[skia.Typeface]:
        """One typeface per weight that it has. Raises BadInput when it is none."""
        base = manager.makeFromFile(str(self.path))
        if base is None or not base.countGlyphs():
            raise BadInput("The typeface cannot be read.", TYPEFACE_CURE)
        axes = {axis.tag for axis in base.getVariationDesignParameters()}
        return [_varied(base, {"wght": weight}) for weight in WEIGHTS] if _tag("wght") in axes else [base]


def check_own(path: Path) -> None:
    """Raises BadInput when a file is no typeface that text can be set in."""
    head = path.read_bytes()[:4]
    if path.stat().st_size > LARGEST_TYPEFACE:
        raise BadInput("The typeface is larger than 30 MB.", TYPEFACE_CURE)
    if head == b"wOF2":
        raise BadInput("The typeface is a WOFF2 file.", TYPEFACE_CURE)
    if head not in SFNT:
        raise BadInput("The typeface is neither TTF nor OTF nor WOFF.", TYPEFACE_CURE)
    OwnFace(path).load(skia.FontMgr.New_Custom_Empty())


def draws_cjk(typeface: skia.Typeface, language: str) -> bool:
    """Whether a typeface is made for the language's Chinese, Japanese or Korean characters."""
    common = CJK_COMMON.get(language[:2], CJK_COMMON["zh"])
    return all(typeface.unicharToGlyph(ord(character)) for character in common)


def faces(language: str) -> tuple[Face, ...]:
    """In the order in which they are asked for a letter; the language decides between Han styles."""
    cjk = Face("cjk", "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc", (), member=CJK_MEMBER.get(language[:2], 2))
    inter = Face("inter", "fontpkg_inter", "files/Inter[opsz,wght].ttf", axes={"opsz": 32})
    others = (
        Face("hebrew", "fontpkg_rubik", "files/Rubik[wght].ttf"),
        Face("arabic", "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf", axes={"wdth": 100}),
        Face(
            "devanagari", "fontpkg_noto_sans_devanagari", "files/NotoSansDevanagari[wdth,wght].ttf", axes={"wdth": 100}
        ),
    )
    return (inter, *others, cjk)


def emoji_typeface(manager: skia.FontMgr) -> skia.Typeface | None:
    """Noto Color Emoji from its package, else the system's; None where neither is there, and emoji are left out."""
    try:
        return Face("emoji", "dynamic_font", "assets/fonts/NotoColorEmoji-Regular.ttf", ()).load(manager)[0]
    except Unavailable:
        found = (manager.makeFromFile(str(path)) for path in SYSTEM_EMOJI if path.is_file())
        return next((typeface for typeface in found if typeface is not None), None)


def _varied(base: skia.Typeface, axes: Mapping[str, float]) -> skia.Typeface:
    place = skia.FontArguments.VariationPosition
    coordinates = place.Coordinates([place.Coordinate(_tag(name), float(value)) for name, value in axes.items()])
    position = place(coordinates)  # keeps only a pointer to the coordinates: both must live until the clone is made
    arguments = skia.FontArguments()
    arguments.setVariationDesignPosition(position)
    return base.makeClone(arguments)


def _tag(name: str) -> int:
    """An OpenType tag as a number."""
    return int.from_bytes(name.encode("ascii"), "big")

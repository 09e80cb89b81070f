"""What a picture leads a painting model with: a ControlNet by its lines, depths or poses, an IP-Adapter by what is on it.

    weights/sd15/controlnets/{pose,depth,canny}/   config.json and one .safetensors, as published for diffusers
    weights/sd15/ip-adapter/                       one .safetensors, and image_encoder/

They lie beside the model that they were trained for. Commands that fetch them: docs/scenes.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import Unavailable
from producer.engines.models.folder import Unfit, whole
from storage.orders import GuideKind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

CONTROLNETS, ADAPTER, ENCODER = "controlnets", "ip-adapter", "image_encoder"
FAINT, STRONG = 100, 200
"""The thresholds of Canny's detector that the ControlNet for it was trained with (lllyasviel/ControlNet)."""
WHERE = "docs/scenes.md says where it is to be had."


def controlnet(model: Path, title: str, kind: GuideKind) -> Path:
    """The folder of the ControlNet. Raises Unavailable unless it is whole, and nothing but numbers."""
    folder = model / CONTROLNETS / kind
    if not (folder / "config.json").is_file():
        raise Unavailable(f"The ControlNet for {kind} of {title} is not here.", f"Put it into {folder}; {WHERE}")
    _only_numbers(folder, f"ControlNet for {kind}")
    return folder


def adapter(model: Path, title: str) -> Path:
    """The IP-Adapter's file; its `image_encoder` lies beside it. Raises Unavailable unless both are whole."""
    folder = model / ADAPTER
    if not (folder / ENCODER / "config.json").is_file():
        raise Unavailable(f"The IP-Adapter of {title} is not here.", f"Put it into {folder}; {WHERE}")
    _only_numbers(folder / ENCODER, "IP-Adapter's image encoder")
    return _only_numbers(folder, "IP-Adapter")


def guides_of(model: Path) -> tuple[Path, ...]:
    """All their files: they change what is painted."""
    folders = [*sorted((model / CONTROLNETS).glob("*")), model / ADAPTER, model / ADAPTER / ENCODER]
    return tuple(file for folder in folders for file in sorted(folder.glob("*.safetensors")))


def drawn_for(kind: GuideKind, picture: Pixels) -> Pixels:
    """What a ControlNet is shown, RGB like the picture: its edges, or for `pose` and `depth` the map as it is."""
    if kind != "canny":
        return picture
    import cv2
    import numpy as np

    edges = cv2.Canny(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), FAINT, STRONG)
    return np.repeat(np.asarray(edges, np.uint8)[..., None], 3, axis=2)


def _only_numbers(folder: Path, what: str) -> Path:
    files = sorted(folder.glob("*.safetensors"))
    try:
        if not files:
            raise Unfit("it has no .safetensors file, and nothing else is read")
        whole(files[0])
    except (Unfit, OSError) as reason:
        raise Unavailable(f"The {what} cannot be used: {reason}.", f"Put it anew into {folder}; {WHERE}") from reason
    return files[0]

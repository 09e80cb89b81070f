"""The still that speaks: a portrait cropped for the window it is shown in, and where its face is. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.nets.wav2lip.layers import SIDE
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.framing import HEADROOM, WINDOW_HEIGHT, WINDOW_WIDTH

Pixels = npt.NDArray[np.uint8]
Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]

LARGEST_HEAD = 360.0
"""Height of the head, in pixels, beyond which a portrait is shrunk: that of a close one in a cut of 720 lines. Its mouth
is made of 96 pixels a face in any case, and every pixel more costs the encoder."""
ABOVE, MOST_ABOVE = 0.30, 0.58
"""What is seen above the crown, in heads: as much as hair needs, and at most what leaves the chin some room."""
BELOW_CHIN = 0.06
"""How far the face that the network sees reaches below the chin, over the face's height: room for a jaw that drops. The
published script takes ten pixels of the picture for that."""


@dataclass(frozen=True)
class Still:
    """`picture` (height, width, 3) is BGR, its sides multiples of four; `anatomy` is the face in it."""

    picture: Pixels
    anatomy: Anatomy

    def to_picture(self) -> Array:
        """The affine map (2, 3) from the network's face to the picture. Unlike the published boxes it turns with the
        head; like them it is not square."""
        face = self.anatomy
        oval = (face.flat[list(named.OVAL)] - face.origin) @ face.axes.T
        low, high = oval.min(axis=0), oval.max(axis=0)
        high[1] += BELOW_CHIN * (high[1] - low[1])
        axes = face.axes.T * (high - low) / SIDE
        return np.column_stack([axes, face.origin + low @ face.axes])

    def face(self) -> Floats:
        """What the network sees (6, 96, 96): BGR 0..1, first without its lower half, then whole."""
        crop = cv2.warpAffine(
            self.picture, self.to_picture(), (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        whole = np.asarray(crop, np.float32).transpose(2, 0, 1) / 255
        masked = whole.copy()
        masked[:, SIDE // 2 :] = 0
        return np.concatenate([masked, whole])


def still_of(picture: Pixels, anatomy: Anatomy, hair_top: float) -> Still:
    """Head and shoulders of an RGB picture, in the shape of a presenter's window; less where the picture shows less.

    `hair_top`: where hair or hat begins, in pixels from above.
    """
    left, top, width, height = crop_around(anatomy, hair_top, (picture.shape[1], picture.shape[0]))
    zoom = min(1.0, LARGEST_HEAD / anatomy.head_height)
    size = _whole(width * zoom), _whole(height * zoom)
    part = cv2.cvtColor(picture[top : top + height, left : left + width], cv2.COLOR_RGB2BGR)
    shown = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    scale = np.array([size[0] / width, size[1] / height, size[0] / width])
    return Still(np.asarray(shown, np.uint8), Anatomy((anatomy.points - np.array([left, top, 0.0])) * scale))


def crop_around(anatomy: Anatomy, hair_top: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is shown of a picture of `size` (width, height)."""
    head = anatomy.head_height
    zoom = min(1.0, size[0] / (WINDOW_WIDTH * head), size[1] / (WINDOW_HEIGHT * head))
    width, height = int(zoom * WINDOW_WIDTH * head), int(zoom * WINDOW_HEIGHT * head)
    middle, crown = (anatomy.crown + anatomy.chin) / 2, float(anatomy.crown[1])
    above = min(max(ABOVE * head, crown - hair_top + HEADROOM * head), MOST_ABOVE * head)
    top = crown - zoom * above
    left = min(max(0, round(float(middle[0]) - width / 2)), size[0] - width)
    return left, min(max(0, round(top)), size[1] - height), width, height


def _whole(value: float) -> int:
    """Chroma planes of such a height begin with a row of their own, which PyAV relies on."""
    return max(4, 4 * round(value / 4))

"""Names for the mesh's points. Right and left are the sitter's own.

Numbers are those of MediaPipe's canonical face (`face_model_with_iris.obj`, `face_mesh_connections.py`). Lip rows run
from the picture's left corner of the mouth to its right one, lids likewise.
"""

from __future__ import annotations

UPPER_LIP_TOP = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
UPPER_LIP_UNDER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_LIP_TOP = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
LOWER_LIP_UNDER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
MOUTH_RIGHT, MOUTH_LEFT = 61, 291

OPENING = ((13, 14), (82, 87), (312, 317))
"""Pairs of points, above and below, between the lips."""

EYE_RIGHT_OUTER, EYE_RIGHT_INNER, EYE_LEFT_INNER, EYE_LEFT_OUTER = 33, 133, 362, 263
RIGHT_LID_UPPER = (33, 246, 161, 160, 159, 158, 157, 173, 133)
RIGHT_LID_LOWER = (33, 7, 163, 144, 145, 153, 154, 155, 133)
LEFT_LID_UPPER = (362, 398, 384, 385, 386, 387, 388, 466, 263)
LEFT_LID_LOWER = (362, 382, 381, 380, 374, 373, 390, 249, 263)
RIGHT_BROW_TOP, RIGHT_BROW_UNDER = (70, 63, 105, 66, 107), (46, 53, 52, 65, 55)
LEFT_BROW_TOP, LEFT_BROW_UNDER = (336, 296, 334, 293, 300), (285, 295, 282, 283, 276)
RIGHT_IRIS, LEFT_IRIS = (468, 469, 470, 471, 472), (473, 474, 475, 476, 477)
"""Centre, then the rim: towards the picture's right, above, left, below. Only in the precise mesh."""

FOREHEAD, CHIN, NOSE_TIP, NOSE_BASE = 10, 152, 1, 2
CHEEK_RIGHT, CHEEK_LEFT = 234, 454
"""The face's widest points."""

OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""Around the face, clockwise in the picture from the middle of the forehead."""
JAW = (361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132)
"""The lower part of the oval, from the picture's right to its left."""

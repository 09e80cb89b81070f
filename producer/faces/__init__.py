"""Faces in pictures: where they are, 478 points on each, and which pixels belong to the person.

    picture ──▶ detection ──▶ mesh ──▶ points by name
       └──────▶ matte

Networks are Google's MediaPipe models (Apache-2.0), run by OpenCV's own `dnn`; which files they need, `networks` says.
All pictures here are RGB, (height, width, 3) uint8, or luma alone, (height, width); all points are x, y in pixels, with y downwards.

Modules here import cv2 at the top: only an engine's `load` or `run`, or a check, imports them.
"""

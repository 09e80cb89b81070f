"""The drawn presenter: one 2½-D rig, many looks.

    phonemes ──▶ visemes ──▶ articulation ─┐
    words, sentences, loudness ──▶ motion ─┴▶ tracks ──▶ renderer ──▶ pixels
                                      look ─────────────────┘

Units of the rig: the head without its hair is 200 units high, from crown (0, -100) to chin (0, 100);
x grows to the right of the picture, y downwards, z towards the viewer.

To add a look, add a line to `looks.py`. To add a hairstyle, an outfit, a beard or a pair of glasses, add an
entry of SVG path data to `hair.py`, `outfits.py` or `face_wear.py` and its name to the choices in `look.py`.
"""

"""The drawn presenter: one 2½-D rig, many looks.

    phonemes ──▶ visemes ──▶ articulation ─┐
    words, sentences, loudness ──▶ motion ─┴▶ tracks ──▶ renderer ──▶ pixels
                                      look ─────────────────┘

Units of the rig: the head without its hair is 200 units high, from crown (0, -100) to chin (0, 100);
x grows to the right of the picture, y downwards, z towards the viewer.

To add a look, add an entry to `looks.py`. To add a hairstyle, a beard, glasses or an outfit, add an entry of SVG path
data to its table in `wardrobe/`; looks can name it at once.
"""

"""Backgrounds drawn from a seed: one module per backdrop, and the palettes they are painted in.

To add a backdrop, copy `waves.py`, draw something else, and name it in `backdrops.py`.
To add a palette, add one entry to `palettes.py`.
"""

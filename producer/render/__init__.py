"""From a script, a scene, a voice and a performance to a finished file.

    timeline ─▶ layout ─▶ cards, captions ─┐
    scene ─────────────────────────────────┼─▶ compositor ─▶ encode ─▶ file
    renderers (drawn presenter, footage) ──┘   sound ────────▲

Everything here may import numpy, skia, cv2 and av at the top: only an engine's `load` or `run` imports it.
"""

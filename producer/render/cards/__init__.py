"""What lies over the scene: one module per card.

    headline   title, and the shade that keeps it readable
    source     the line that names the source
    picture    the topic's picture in a frame, slowly zooming
    name       who is speaking
    captions   the words as they are spoken
    marks      AI-generated label, progress
    intro      show, title, source on a curtain that wipes away
    outro      show and source on a curtain that comes back

To add a card, copy `name.py`: a class with `paint(canvas, frame)`, and name it in `producer/render/compositor.py`.
"""

"""What lies over the scene: one module per card.

    deck       what stands beside or above the presenter, one after the other (`plan` says which one when):
    headline   title, by the topic's picture if there is one, and the shade that keeps it readable
    picture    the picture alone, or a drawing (`illustration`, `motifs/`), in slow motion
    quote      what somebody said          plate    the dark ground of these four
    number     a figure and its noun       stay     from when to when a card is there, how it comes and goes
    items      a list, as it is said
    link       where the source is found, with a code for phones (`qr`)

    source     the line that names the source
    name       who is speaking
    captions   the words as they are spoken
    marks      AI-generated label, progress
    intro      show, title, source on a curtain that wipes away
    outro      show and source on a curtain that comes back, or the show's own picture (`end_card`)
    logo       the show's, where it is drawn, and small as a watermark

To add a card over the picture, copy `name.py`: a class with `paint(canvas, frame)`, and name it in
`producer/render/compositor.py`. To add one to the deck, copy `quote.py`, and name it in `plan.py` and `deck.py`.
"""

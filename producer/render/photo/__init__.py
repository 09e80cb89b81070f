"""The photo presenter: one portrait that speaks.

    portrait ──▶ study ──▶ gate ──▶ cutout, points          once, in the video stage
                                          │
    tracks ──▶ lips, warp, mouth, lids ───┴──▶ head ──▶ light ──▶ pixels          each frame

It moves by the same tracks as the drawn presenter (`producer.render.presenter.tracks`). Nothing is generated: skin,
lips and lids of the portrait are bent, and only what it hides is painted: the inside of the mouth.

Units of the face: 1 is the distance between the middles of the eyes; x grows along the line through them towards the
picture's right, y down the face, from the middle of the mouth.
"""

"""Wav2Lip (Prajwal et al., “A Lip Sync Expert Is All You Need for Speech to Lip Generation In the Wild”, 2020).

    speech ──▶ mel ───────────────────────────▶ network ──▶ paste ──▶ film
    portrait ──▶ still ──▶ face, as it is seen ───┘   (once)    ▲
                   └────────────────────────────────────────────┘

`layers` is the published network as a table, `checkpoint` reads its weights, `network` runs it.
"""

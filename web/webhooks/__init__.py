"""Tells other programs what happened, as the Standard Webhooks say: signed, tried again, replayable."""

"""The pieces that pages are made of, one per module."""

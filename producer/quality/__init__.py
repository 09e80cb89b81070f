"""The quality gate: one module a family of checks, each a function from the evidence to findings. See `examine.py`.

Nothing here decodes a picture: what a cut shows was seen when it was played, once (`producer/checks/`).
"""

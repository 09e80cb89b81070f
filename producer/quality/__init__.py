"""The quality gate: one module a family of checks, each a function from the evidence to findings. See `examine.py`.

What a cut shows was seen when it was played, once (`producer/checks/`). Only `whose_face.py` decodes pictures: a few, where
the networks that know faces are installed.
"""

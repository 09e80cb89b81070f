"""Networks of our own, written anew from what their publishers say of them, that load the published weights.

Modules here import torch at the top where they need it: only an engine's `load` or `run` imports them.
"""

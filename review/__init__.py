"""Decides: which actions are offered, what a decision means, what may be exported."""

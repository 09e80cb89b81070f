"""Engines of the training stage."""

"""Engines of the motion stage: a scene's picture begins to move."""

"""Engines of the stage `quality`: they look at a finished cut as a careful reviewer would."""

"""Engines of the stage `video`: how the presenter moves while speaking."""

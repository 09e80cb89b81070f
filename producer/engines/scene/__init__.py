"""Engines of the stage `scene`: what stands behind the presenter."""

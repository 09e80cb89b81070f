"""Engines of the stage `finish`: from all that was made to a file that can be watched."""

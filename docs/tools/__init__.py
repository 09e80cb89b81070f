"""Writes the pages of reference from the program itself, so that they cannot fall behind it: `make docs`."""

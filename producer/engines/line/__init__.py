"""Engines that speak one line: LineRequest → SpokenLine."""

"""Whose voice it is: a network that hears speech as a vector, alike for one speaker whatever they say."""

"""A presenter's own pictures and recordings, made into a set that a model can be trained with."""

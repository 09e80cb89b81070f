"""What a spoken sentence offers to the eye: a quotation, a figure with its noun, a list. Pure.

Better nothing than something wrong: each of these is found only where the sentence leaves no doubt. To teach another
language, add its small words to `wordlists.py`.
"""

"""Measuring what was made, so that a reviewer need not take it on trust."""

"""The command line, a module for each matter. `run.py` puts them together."""

"""Engines: one folder per stage, one module per engine. Read `base.py` for the contract, `registry.py` for the table."""

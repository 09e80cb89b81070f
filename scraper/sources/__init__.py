"""Where topics come from: one class in one module each. `base.py` is the contract, `registry.py` the table."""

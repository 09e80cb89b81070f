"""What a person sets: typed settings, the commented `default.toml`, folders, logging, and the tree of errors."""

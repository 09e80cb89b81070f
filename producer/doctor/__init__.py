"""What this machine has and what it can do: `run.py doctor`."""

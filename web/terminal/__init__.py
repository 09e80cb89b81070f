"""What the command line shows: progress while clips are made, and what came of it."""

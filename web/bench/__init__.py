"""`run.py bench studio`: what the truth, the desk and the workers of a studio carry, on stub engines."""

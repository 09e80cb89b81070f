"""Engines of the upscale stage: pictures get as many pixels as a cut shows."""

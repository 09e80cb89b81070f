"""Painting models through diffusers: loading, profiles, LoRAs, one picture."""

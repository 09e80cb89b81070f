"""XTTS v2 (Coqui): the published checkpoint, read with suspicion and run by the package coqui-tts."""

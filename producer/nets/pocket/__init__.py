"""Pocket TTS (Kyutai): the published files, read with suspicion and run by the package pocket-tts."""

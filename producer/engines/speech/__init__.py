"""Engines that join spoken lines: SpeechRequest → Speech."""

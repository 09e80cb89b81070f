"""The letters that Kokoro and Hibari read, for tests of what turns words into them."""

from __future__ import annotations

from producer.engines.line.letters import known_letters

ALPHABET = frozenset(known_letters())

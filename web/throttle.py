"""Slows down whoever tries many passwords: per address, and per name from one address."""

from __future__ import annotations

import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_NAME = "5/minute"
PER_ADDRESS = "30/minute"


class LoginThrottle:
    """Counts failed logins in memory. A success does not use the budget up."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rules: tuple[RateLimitItem, RateLimitItem] = (parse(PER_NAME), parse(PER_ADDRESS))

    def wait_s(self, address: str, name: str) -> int:
        """Seconds until another try is allowed; 0 = now."""
        waits = [0.0]
        for rule, key in self._keys(address, name):
            if not self._limiter.test(rule, *key):
                waits.append(self._limiter.get_window_stats(rule, *key).reset_time - time.time())
        return max(1, round(max(waits))) if len(waits) > 1 else 0

    def failed(self, address: str, name: str) -> None:
        for rule, key in self._keys(address, name):
            self._limiter.hit(rule, *key)

    def _keys(self, address: str, name: str) -> tuple[tuple[RateLimitItem, tuple[str, ...]], ...]:
        per_name, per_address = self._rules
        return (per_name, ("name", address, name)), (per_address, ("address", address))

"""Connections to Redis that ride out a short outage."""

from __future__ import annotations

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry


def connect(url: str) -> redis.Redis:
    """A client for `redis://`, `rediss://` or `unix://`; it retries for about eight seconds before it gives up."""
    retry = Retry(ExponentialBackoff(cap=0.5, base=0.05), 20)
    return redis.Redis.from_url(url, socket_timeout=20, retry=retry, health_check_interval=0)

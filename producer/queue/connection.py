"""Connections to Redis that ride out a short outage, and a first one that says why there will be none."""

from __future__ import annotations

import contextlib
import ssl

import redis
from redis import exceptions
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.retry import Retry

from config.errors import StudioError

CONNECT_S = 5.0
"""For one try: a host that is cut off answers nothing at all."""


def connect(url: str) -> redis.Redis:
    """A client for `redis://`, `rediss://` or `unix://`; it retries for about eight seconds before it gives up."""
    retry = Retry(ExponentialBackoff(cap=0.5, base=0.05), 20)
    wired = {} if url.startswith("unix:") else {"socket_connect_timeout": CONNECT_S, "socket_keepalive": True}
    return redis.Redis.from_url(url, socket_timeout=20, retry=retry, health_check_interval=0, **wired)


def greet(url: str) -> None:
    """Ask once. Raises StudioError when the server will not have us, however often we ask: a wrong name or password, rights that
    are missing, a certificate that nobody vouches for. One that cannot be reached is waited for elsewhere."""
    with contextlib.closing(redis.Redis.from_url(url, socket_timeout=CONNECT_S, retry=Retry(NoBackoff(), 0))) as client:
        try:
            client.get("epoch")
        except (exceptions.BusyLoadingError, exceptions.OutOfMemoryError, exceptions.ReadOnlyError):
            return  # it passes
        except (exceptions.AuthenticationError, exceptions.AuthorizationError, exceptions.ResponseError) as error:
            raise StudioError(
                f"The Redis lets nobody in with this name and password: {str(error).rstrip('.')}.",
                "Mend [redis] in the settings, or DAILIES_REDIS__USER and DAILIES_REDIS__PASSWORD.",
            ) from error
        except redis.ConnectionError as error:
            if _untrusted(error):
                raise StudioError(
                    "Nobody vouches for the certificate of the Redis.",
                    "Name its authority's PEM file: DAILIES_REDIS__CA.",
                ) from error
        except redis.RedisError:
            return


def _untrusted(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        seen = seen.__cause__ or seen.__context__
    return "CERTIFICATE_VERIFY_FAILED" in str(error)

"""An order may ask a worker for less of its network and its disk than its own settings allow, and never for more."""

from __future__ import annotations

from storage.topics import FetchPolicy, narrowed

OWN = FetchPolicy(hosts=("nas:80",), folders=("/srv/drop",))


def test_only_what_both_allow_is_open() -> None:
    asked = FetchPolicy(hosts=("nas:80", "router:80"), folders=("/", "/etc"), timeout_s=3, full_text=True)
    got = narrowed(asked, OWN)
    assert (got.hosts, got.folders) == (("nas:80",), ())
    assert (got.timeout_s, got.full_text) == (3, True)


def test_a_machine_that_opens_nothing_stays_closed() -> None:
    assert narrowed(OWN, FetchPolicy()) == FetchPolicy()
    assert narrowed(OWN, OWN) == OWN

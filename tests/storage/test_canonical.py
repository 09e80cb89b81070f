"""Equal values have equal bytes and hashes, whatever order they were built in; different ones have not."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.canonical import canonical_json, sha256_text, tagged_hash

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON_VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(JSON_VALUES)
def test_it_is_json_and_reading_it_back_gives_the_same_bytes(value: Any) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


@given(st.dictionaries(st.text(), SCALARS, min_size=2), st.randoms())
def test_the_order_in_which_a_mapping_was_built_does_not_matter(value: dict[str, Any], random: Any) -> None:
    items = list(value.items())
    random.shuffle(items)
    assert canonical_json(dict(items)) == canonical_json(value)


@given(JSON_VALUES, JSON_VALUES)
def test_values_of_different_bytes_have_different_hashes(one: Any, other: Any) -> None:
    assert (canonical_json(one) == canonical_json(other)) == (tagged_hash("x", one) == tagged_hash("x", other))


def test_two_kinds_of_thing_never_collide_by_having_the_same_fields() -> None:
    assert tagged_hash("scene/1", {"seed": 1}) != tagged_hash("script/1", {"seed": 1})


def test_there_are_no_spaces_and_no_escapes() -> None:
    assert canonical_json({"b": [1, 2.5], "a": "ñ 中"}) == '{"a":"ñ 中","b":[1,2.5]}'


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"seconds": value})


def test_the_hash_is_the_same_on_every_machine_and_in_every_release() -> None:
    assert sha256_text("dailies") == "86c96a55363abd1e60f18a2972d484b173ff4a2c70746a3bea3b844f2a8de224"
    assert tagged_hash("script/1", {"title": "Zürich", "lines": [1, 2.0, None]}) == (
        "b6b5b357b1f4935efe0d95bbb7fec09b96813b0059f5ace0fb0053e8e18bc8cd"
    )

"""docs/clip-export.schema.json: what stands in the clip.json of an export."""

from __future__ import annotations

import json

from review.bundle import bundle_schema


def page() -> str:
    return json.dumps(bundle_schema(), indent=2) + "\n"

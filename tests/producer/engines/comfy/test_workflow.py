"""A workflow exported for ComfyUI's API, and the slots in it."""

from __future__ import annotations

import json

import pytest

from producer.engines.comfy.workflow import Unfit, read_workflow

NODES = {
    "3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 20, "model": ["4", 0]}, "_meta": {"title": "dailies:seed"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 512, "batch_size": 1}, "_meta": {"title": "dailies:width dailies:height"}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "old", "clip": ["4", 1]}, "_meta": {"title": "dailies:prompt"}},
    "7": {"class_type": "CLIPTextEncodeSDXL", "inputs": {"text_g": "", "text_l": ""}, "_meta": {"title": "dailies:prompt=text_g"}},
    "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0]}, "_meta": {"title": "dailies:output"}},
}  # fmt: skip


def test_slots_are_filled_and_all_else_is_kept() -> None:
    workflow = read_workflow(json.dumps(NODES), ("prompt",))
    nodes = workflow.filled(prompt="a harbour", seed=7, width=832, height=448, avoid="people")
    assert nodes["3"]["inputs"] == {"seed": 7, "steps": 20, "model": ["4", 0]}
    assert (nodes["5"]["inputs"]["width"], nodes["5"]["inputs"]["height"]) == (832, 448)
    assert (nodes["6"]["inputs"]["text"], nodes["7"]["inputs"]) == ("a harbour", {"text_g": "a harbour", "text_l": ""})
    assert workflow.output == "9"
    assert workflow.nodes["6"]["inputs"]["text"] == "old", "the next clip begins with the same workflow"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "it is no JSON"),
        ("[1]", "it holds no nodes"),
        ("{}", "it holds no nodes"),
        ('{"3": {"inputs": {}}}', "it holds no nodes"),
        ('{"nodes": [], "links": []}', "for ComfyUI's window"),
        (json.dumps({"3": NODES["3"]}), "no node of it is titled dailies:prompt"),
        (
            json.dumps({"6": {**NODES["6"], "_meta": {"title": "dailies:promt"}}}),
            "titled dailies:promt; known are prompt",
        ),
        (
            json.dumps({"6": {**NODES["6"], "_meta": {"title": "dailies:seed"}}}),
            "has no input called seed or noise_seed",
        ),
    ],
)
def test_what_is_no_such_workflow_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unfit, match=reason):
        read_workflow(text, ("prompt",))

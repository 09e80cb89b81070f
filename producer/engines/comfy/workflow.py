"""A workflow as ComfyUI exports it for its API, and the slots in it that a clip fills. Pure.

    {"6": {"class_type": "CLIPTextEncode", "inputs": {"text": "…", "clip": ["4", 1]}, "_meta": {"title": "dailies:prompt"}}}

A slot is a node whose title names it: `dailies:prompt`. One node may have several (`dailies:width dailies:height`). The slot
goes into the node's input of that name, else into the one that such nodes have (see `INPUTS`), else into the one that the title
names: `dailies:prompt=text_g`.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SLOT = re.compile(r"dailies:(\w+)(?:=(\w+))?")
INPUTS: Mapping[str, tuple[str, ...]] = {
    "prompt": ("prompt", "text", "string", "value", "positive_prompt"),
    "avoid": ("avoid", "text", "string", "value", "negative_prompt"),
    "seed": ("seed", "noise_seed", "value", "int"),
    "width": ("width", "value", "int"),
    "height": ("height", "value", "int"),
    "image": ("image",),
    "output": (),
}
"""What a clip can fill, and what the inputs of nodes are called that take it. `output` marks the node whose files count."""

Nodes = dict[str, dict[str, Any]]


class Unfit(ValueError):
    """Why a file is no workflow that can be used, as the end of a sentence: “it …”."""


@dataclass(frozen=True)
class Workflow:
    """`slots`: name → the nodes and inputs that it goes into. `output`: the node whose files count; "" = any."""

    nodes: Nodes
    slots: Mapping[str, tuple[tuple[str, str], ...]]
    output: str = ""

    def filled(self, **values: str | int) -> Nodes:
        """The nodes with values in their slots; those of slots that the workflow has not are left out."""
        nodes = copy.deepcopy(self.nodes)
        for slot, value in values.items():
            for node, name in self.slots.get(slot, ()):
                nodes[node]["inputs"][name] = value
        return nodes


def read_workflow(text: str, needed: tuple[str, ...]) -> Workflow:
    """Raises Unfit for what is no such workflow, or lacks one of the needed slots."""
    try:
        nodes = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unfit("it is no JSON") from error
    if isinstance(nodes, dict) and "nodes" in nodes and "links" in nodes:
        raise Unfit("it is a workflow for ComfyUI's window; export it with “Export (API)”")
    if not isinstance(nodes, dict) or not nodes or not all(map(_is_node, nodes.values())):
        raise Unfit("it holds no nodes with class_type and inputs")
    slots: dict[str, list[tuple[str, str]]] = {}
    output = ""
    for number, node in nodes.items():
        for slot, named in _named(node):
            if slot not in INPUTS:
                raise Unfit(f"its node {number} is titled dailies:{slot}; known are {', '.join(INPUTS)}")
            if slot == "output":
                output = number
            else:
                slots.setdefault(slot, []).append((number, _input(number, node, slot, named)))
    if missing := [slot for slot in needed if slot not in slots]:
        raise Unfit(f"no node of it is titled dailies:{missing[0]}")
    return Workflow(nodes, {slot: tuple(places) for slot, places in slots.items()}, output)


def _is_node(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict)


def _named(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    meta = node.get("_meta")
    title = meta.get("title", "") if isinstance(meta, dict) else ""
    return ((found[1], found[2] or "") for found in SLOT.finditer(str(title)))


def _input(number: str, node: Mapping[str, Any], slot: str, named: str) -> str:
    candidates = (named,) if named else INPUTS[slot]
    found = next((name for name in candidates if name in node["inputs"]), None)
    if found is None:
        raise Unfit(f"its node {number}, titled dailies:{slot}, has no input called {' or '.join(candidates)}")
    return found

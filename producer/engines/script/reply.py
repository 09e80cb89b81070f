"""What a language model answers: one JSON object, described by a schema, and read with suspicion."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

MOST_LINES = 16
THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
"""Some models put their thoughts into the answer, whatever they are asked."""


class NoScript(Exception):
    """An answer that is no script. The message is for the model that wrote it."""


class Part(BaseModel):
    """Unknown fields are dropped: small models like to add some, and nothing would be done with them."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReplyLine(Part):
    """One line to say, and the numbers of the source sentences that it rests on."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=600)]
    source: Annotated[tuple[int, ...], BeforeValidator(lambda n: (n,) if isinstance(n, int) else n)] = Field(
        max_length=6
    )


class Reply(Part):
    """The shape that every model is asked for."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
    lines: tuple[ReplyLine, ...] = Field(min_length=2, max_length=MOST_LINES)
    call_to_action: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    scene: Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)] = ""
    keywords: tuple[Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)], ...] = Field(
        default=(), max_length=16
    )


def schema() -> dict[str, Any]:
    """The JSON schema of a reply, in the subset that Ollama, vLLM and llama.cpp turn into a grammar: every field
    required, no others, no lengths of strings (a grammar of them is slow)."""
    line = {
        "type": "object",
        "properties": {
            "source": {"type": "array", "items": {"type": "integer"}, "maxItems": 6},
            "text": {"type": "string"},
        },
        "required": ["source", "text"],
        "additionalProperties": False,
    }
    properties = {
        "title": {"type": "string"},
        "lines": {"type": "array", "items": line, "minItems": 2, "maxItems": MOST_LINES},
        "call_to_action": {"type": "string"},
        "scene": {"type": "string"},
        "keywords": {"type": "array", "items": {"type": "string"}, "maxItems": 8},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def read_reply(answer: str) -> Reply:
    """The reply in an answer, whatever stands around it. Raises NoScript saying what is wrong."""
    try:
        return Reply.model_validate(json.loads(object_in(THINKING.sub("", answer))))
    except json.JSONDecodeError as error:
        raise NoScript(f"Your answer is not valid JSON ({error.msg} at character {error.pos}).") from error
    except RecursionError as error:
        raise NoScript("Your answer is nested too deeply.") from error
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc'])) or 'the answer'}: {e['msg']}" for e in error.errors()[:4]]
        raise NoScript(f"Your JSON does not have the asked-for shape: {'; '.join(wrong)}.") from error


def object_in(answer: str) -> str:
    """From the first brace to the last: without a code fence, a greeting, a remark."""
    start, end = answer.find("{"), answer.rfind("}")
    if start < 0 or end < start:
        raise NoScript("Your answer holds no JSON object." if answer.strip() else "Your answer is empty.")
    return answer[start : end + 1]

"""OpenAI's chat completions: what is sent, and the text in each event that comes back. A server and a process speak it alike."""

from __future__ import annotations

from typing import Any

from config.errors import EngineError, OutOfMemory, Unavailable
from producer.engines.script.model import MOST_TOKENS, TEMPERATURE, Question


def body_of(question: Question, *, with_schema: bool) -> dict[str, Any]:
    """A streamed question. Without its schema, the shape of the answer rests on the prompt alone."""
    body: dict[str, Any] = {
        "messages": question.messages, "stream": True, "temperature": TEMPERATURE, "seed": question.seed % 2**31,
        "max_tokens": MOST_TOKENS,
    }  # fmt: skip
    if with_schema:
        shape = {"name": "script", "schema": question.schema, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": shape}
        body["chat_template_kwargs"] = {"enable_thinking": False}  # vLLM and llama.cpp; others ignore it
    return body


def piece_of(event: dict[str, Any]) -> str:
    """The text in one event; thoughts, roles and the last event have none. Raises Unavailable or OutOfMemory when it tells
    of an error."""
    if "error" in event:
        raise _told(event["error"])
    choices = event.get("choices") or [{}]
    return str((choices[0].get("delta") or {}).get("content") or "")


def _told(error: Any) -> EngineError:
    message = error.get("message") if isinstance(error, dict) else error
    reason = " ".join(str(message).split())[:200].rstrip(".")
    if "out of memory" in reason.lower():
        return OutOfMemory(f"The language model ran out of memory: {reason}.", "Use a smaller model.")
    return Unavailable(f"The language model failed: {reason}.", "Look into its log, and try again.")

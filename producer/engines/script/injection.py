"""Sentences of a source that speak to a language model instead of a reader.

Leaving them out keeps the temptation small; safety does not rest on it. Whatever a model writes is held against the
source afterwards (`judging.py`), and a reply can hold nothing but a script.
"""

from __future__ import annotations

import re

TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,20}\b(?:all|any|previous|prior|above|earlier|your|these|the)\b.{0,30}"
    r"\b(?:instruction|prompt|guideline|direction|command)s?\b"
    r"|\b(?:system|developer) (?:prompt|message)s?\b|\byou are (?:now an?|no longer an?)\b|\bas an? (?:ai|llm) (?:model|assistant)\b"
    r"|\b(?:ai|llm|language model|assistant|chatbot)s? (?:that (?:is|are) )?(?:reading|processing|summari[sz]ing) this\b"
    r"|\b(?:respond|reply|answer) (?:only|exactly)? ?(?:with|in) (?:the following|json|exactly|only)\b"
    r"|\bnew (?:task|instruction)s?\s*[:：]|\bend of (?:source|text|article|document)\b"
    r"|<\|?/?(?:im_start|im_end|system|user|assistant|source|eot_id|start_header_id)\b|\[/?INST\]|###\s*(?:instruction|system)"
    r"|^\s*(?:system|assistant|user|human)\s*[:：]|[{\[]\s*\"(?:title|lines|role|text)\""
    r"|\b(?:ignor[ae]|olvid[ae]|oubli\w+|ignorez|dimentica\w*|esqueç\w+|vergiss|ignorier\w*)\b"
    r".{0,40}\b(?:instrucci\w+|instruç\w+|instructions|istruzioni|anweisung\w*)"
    r"|(?:игнорируй|забудь).{0,40}(?:инструкци|указани)|忽略.{0,12}(?:指令|指示|提示|说明)|以前の指示"
    r"|(?:指示|命令)を無視|تجاهل.{0,30}(?:التعليمات|الأوامر)|(?:निर्देशों|निर्देश).{0,20}(?:अनदेखा|भूल)",
    re.IGNORECASE | re.DOTALL,
)


def speaks_to_a_model(sentence: str) -> bool:
    """Whether a sentence looks like an instruction to whoever processes the text."""
    return TO_A_MODEL.search(sentence) is not None

"""The few words that the picture itself says, per language. To add a language, add an entry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    source: str
    """With `{}` where the source's name goes."""
    ai: str


LABELS: dict[str, Labels] = {
    "en": Labels("Source: {}", "AI-generated"),
    "es": Labels("Fuente: {}", "Generado con IA"),
    "fr": Labels("Source : {}", "Généré par IA"),
    "de": Labels("Quelle: {}", "KI-generiert"),
    "it": Labels("Fonte: {}", "Generato con IA"),
    "pt": Labels("Fonte: {}", "Gerado por IA"),
    "ru": Labels("Источник: {}", "Создано ИИ"),
    "el": Labels("Πηγή: {}", "Δημιουργία ΤΝ"),
    "vi": Labels("Nguồn: {}", "Tạo bởi AI"),
    "zh": Labels("来源：{}", "AI 生成"),
    "ja": Labels("出典：{}", "AI 生成"),
    "ko": Labels("출처: {}", "AI 생성"),
    "hi": Labels("स्रोत: {}", "AI-निर्मित"),
    "ar": Labels("المصدر: {}", "مُولّد بالذكاء الاصطناعي"),
    "he": Labels("מקור: {}", "נוצר בבינה מלאכותית"),
}


def labels_for(language: str) -> Labels:
    """English where a language is missing."""
    return LABELS.get(language.split("-")[0].lower(), LABELS["en"])

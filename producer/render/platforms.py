"""How much of a picture the apps that show it cover with their own buttons and texts. Pure.

Nobody publishes one binding number: the apps change, and the room depends on the length of the post's own text.
These are the values that their makers give advertisers, or that advertisers measured (read in November 2026).
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.orders import Platform

TITLE_SAFE = 0.05
"""Margin of text in 16:9, 1:1 and 4:5 on every side: the graphics safe area of EBU Recommendation R 95."""


@dataclass(frozen=True)
class Insets:
    """What an app covers of a 9:16 picture, in its heights (`top`, `bottom`) and widths (`side`, `rail`)."""

    top: float
    bottom: float
    side: float
    """At both sides, from top to bottom."""
    rail: float
    """At the right of the lower half: the column of round buttons. Kept free on the left too, for symmetry."""


PLATFORMS: dict[Platform, Insets] = {
    # What posts on TikTok and Shorts, and Reels that are no advertisements, have in common.
    "any": Insets(0.080, 0.250, 0.060, 0.140),
    # 150, 440 and 150 of 1080 × 1920 pixels: https://adfuseai.com/blog/tiktok-ad-sizes-specs-guide
    # (TikTok itself: https://ads.tiktok.com/help/article/video-ads-specifications, “varies with the caption's length”)
    "tiktok": Insets(0.078, 0.229, 0.056, 0.139),
    # 14 %, 35 % and 6 %: Meta Business Help Center, “About safe zones for Stories and Reels ads”
    # https://www.facebook.com/business/help/980593475366490
    "reels": Insets(0.140, 0.350, 0.060, 0.140),
    # The lower quarter, with the buttons at its right: https://www.youraithumbnailgenerator.com/guides/youtube-shorts-safe-zones-complete-guide
    "shorts": Insets(0.080, 0.250, 0.050, 0.120),
}


def insets_for(platform: Platform) -> Insets:
    return PLATFORMS[platform]

"""The video encoders that a cut may be made with: FFmpeg's name for each, and its options at about the same quality.

    x264      H.264 on the processor: plays everywhere, and equal frames make an equal file
    svt-av1   AV1 on the processor: three quarters of the bytes for three times the work; no GPL
    nvenc     H.264 on an NVIDIA card          ─┐ the processor is free for drawing; files differ
    vaapi     H.264 on an Intel or AMD card    ─┘ from card to card and from driver to driver

x264 is what is used when nobody asks for another, also where a card could do it. The promise of equal files rests on
it, every player and every platform takes it, and at the sizes of these clips its quality per byte is above that of most
cards, while encoding is only a part of what a cut costs. So a card is used by those who ask for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from storage.orders import EncoderName

CRF = 23
KEYFRAME_S = 2
"""A key frame at least this often, so that a player can jump."""
X264_PARAMS = (
    "mbtree=1:rc-lookahead=12:b-adapt=0:8x8dct=0:weightp=0:"
    "colormatrix=smpte170m:colorprim=bt709:transfer=bt709:range=tv"
)
"""With the preset superfast: macroblock-tree saves two fifths of the bytes at the same CPU time and 1 dB of PSNR. Three
B-frames each time, small transforms and no weights (nothing fades) save a twentieth of x264's time and of the bytes, for
0.1 dB (measured on a cut of 31 s at 720p; the worst blocks are no worse). The matrix is BT.601 because that is what cv2's BGRA → I420 computes; primaries and transfer are the screen's (BT.709)."""
NO_AVX512 = ":asm=AVX2"
"""x264's AVX-512 routines, with macroblock-tree on, give other bits from run to run for frames whose sides are no
multiples of 16 (measured); its AVX2 ones do not, and are as fast."""
CPU_AVX_512F = 13
"""cv2's number of that feature (opencv2/core/cvdef.h)."""
SVT_PRESET, SVT_CRF = 8, 40
"""On 200 frames of a drawn presenter at 720p (SVT-AV1 4.1), with the parameters below: 389 kB and 47.5 dB of luma PSNR,
where x264 as set above has 519 kB and 45.5 dB, and blocks (8 by 8) that are as near to what was drawn at their worst.
Equal PSNR would be had with half the bytes (CRF 45), but then closing eyes and mouths leave traces for some frames."""
SVT_PARAMS = "lp=1:hierarchical-levels=3:enable-variance-boost=1"
"""`lp`: the least that it takes of threads and memory; more change no bit of the file. Fewer levels and the variance
boost (SVT-AV1, Docs/Parameters.md, Appendix-Variance-Boost.md) give bits to small things that move on flat ground."""
HARDWARE_QP = 23
"""H.264's quantiser runs from 0 to 51 for everybody, so x264's CRF is where to begin: NVENC's `cq` and VAAPI's `qp` aim
at one quantiser (FFmpeg, libavcodec/nvenc.c and vaapi_encode.c). Not compared by eye or figure: no such card was here."""


@dataclass(frozen=True)
class VideoEncoder:
    """One encoder of FFmpeg's, and how it is asked."""

    name: EncoderName
    title: str
    codec: str
    """What FFmpeg calls it."""
    options: Callable[[int], dict[str, str]]
    """By frames per second."""
    pixels: Literal["yuv420p", "nv12"] = "yuv420p"
    device: str = ""
    """The kind of device that frames are copied to before (FFmpeg's `-hwaccel`); "" = it takes them from memory."""
    driver: tuple[str, ...] = ()
    """On Linux, patterns of files in /dev of which one is there when its driver is loaded; () = it needs no card."""
    cure: str = "Install PyAV from its wheel: pip install --force-reinstall av"


def _x264(fps: int) -> dict[str, str]:
    import cv2

    params = X264_PARAMS + (NO_AVX512 if cv2.checkHardwareSupport(CPU_AVX_512F) else "")
    return {"preset": "superfast", "crf": str(CRF), "g": str(KEYFRAME_S * fps), "x264-params": params}


def _svt_av1(fps: int) -> dict[str, str]:
    return {
        "preset": str(SVT_PRESET),
        "crf": str(SVT_CRF),
        "g": str(KEYFRAME_S * fps),
        "svtav1-params": SVT_PARAMS,
    }


def _nvenc(fps: int) -> dict[str, str]:
    """A target quality with no bit rate (NVIDIA Video Codec SDK, NVENC programming guide, "Target quality"): VBR, a
    `cq`, and a bit rate of 0. p4 is the middle of its seven presets."""
    quality = {"rc": "vbr", "cq": str(HARDWARE_QP), "b": "0"}
    return {"preset": "p4", "tune": "hq", "profile": "high", "g": str(KEYFRAME_S * fps), **quality}


def _vaapi(fps: int) -> dict[str, str]:
    """Constant quantisers are the one mode of rate control without a bit rate that all drivers know."""
    return {"rc_mode": "CQP", "qp": str(HARDWARE_QP), "g": str(KEYFRAME_S * fps)}


X264 = VideoEncoder("x264", "x264", "libx264", _x264)
SVT_AV1 = VideoEncoder("svt-av1", "SVT-AV1", "libsvtav1", _svt_av1)
NVENC = VideoEncoder(
    "nvenc", "NVENC", "h264_nvenc", _nvenc,
    driver=("nvidiactl", "dxg"),
    cure="It takes an NVIDIA card with an encoder (data-centre cards like the H100 have none) and its driver; "
    "a container needs NVIDIA_DRIVER_CAPABILITIES=video.",
)  # fmt: skip
VAAPI = VideoEncoder(
    "vaapi", "VAAPI", "h264_vaapi", _vaapi,
    pixels="nv12",
    device="vaapi",
    driver=("dri/renderD*",),
    cure="It takes an Intel or AMD card with its VA driver, and PyAV built against an FFmpeg with VAAPI, which PyAV's "
    "wheels are not: pip install --no-binary av av",
)  # fmt: skip

ENCODERS: Mapping[EncoderName, VideoEncoder] = {encoder.name: encoder for encoder in (X264, SVT_AV1, NVENC, VAAPI)}

"""The compositor with another video encoder than x264: the same frames and sound in another file.

Each is an engine of its own, so that everything that holds for engines holds for encoders: an order of preference, a
part of the stage key, a licence on the clip, and a fallback that the reviewer sees where one does not work.
"""

from __future__ import annotations

from dataclasses import replace

from config.errors import Unavailable
from producer.engines.base import Licence, Problem
from producer.engines.finish.compositor import Compositor
from storage.orders import EncoderName


class _Encoded(Compositor):
    """One that is tried on this machine first: a card when its driver is there, SVT-AV1 (which comes with PyAV's wheel)
    only when a clip wants it."""

    def check(self) -> list[Problem]:
        missing = super().check()
        return missing if missing or not self.encoder.driver else self._tried()

    def load(self, device: str = "cpu") -> None:
        super().load(device)
        for problem in self._tried():
            raise Unavailable(problem.message, problem.cure)

    def _tried(self) -> list[Problem]:
        from producer.render.trial import problem_with

        problem = problem_with(self.encoder_name)
        return [Problem(problem, self.encoder.cure)] if problem else []


class SvtAv1Compositor(_Encoded):
    encoder_name: EncoderName = "svt-av1"
    info = replace(
        Compositor.info,
        id="compositor-svt-av1",
        title="Compositor with SVT-AV1",
        code_licence=Licence("Apache-2.0 AND BSD-3-Clause-Clear"),
    )


class NvencCompositor(_Encoded):
    encoder_name: EncoderName = "nvenc"
    info = replace(
        Compositor.info, id="compositor-nvenc", title="Compositor with NVENC", code_licence=Licence("Apache-2.0")
    )


class VaapiCompositor(_Encoded):
    encoder_name: EncoderName = "vaapi"
    info = replace(
        Compositor.info, id="compositor-vaapi", title="Compositor with VAAPI", code_licence=Licence("Apache-2.0")
    )

"""A training from its pictures to the best LoRA: what is prepared, then step by step, until it is done or somebody says stop.

    lessons ─▶ [step ─▶ checkpoint ─▶ mark: losses, samples, identity] × steps ─▶ the best mark's LoRA

Whatever ends it before, the next call goes on from the last checkpoint, and comes to the same weights.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

import cv2
import numpy as np
import torch
from loguru import logger

from config.errors import Cancelled
from producer.engines.base import Context
from producer.engines.requests import TrainingOptions
from producer.render.inputs import read_picture
from producer.training import choose
from producer.training.checkpoint import MEDIA_TYPE, Checkpoints, restore, state_of, to_bytes
from producer.training.course import batch, is_marked, noise_seed, rate, split, told
from producer.training.dataset import need_pictures
from producer.training.lora_file import as_file, metadata
from producer.training.pupil import Latents, Pixels, Pupil, Weights, Words
from storage.learning import TrainedLora, TrainingCheckpoint, TrainingMark

Likeness = Callable[[Sequence[Pixels], Sequence[Pixels]], float | None]
"""How much the people on these pictures are like the one on those, −1 to 1; None where those show no face."""

KEPT_EVERY = 50
"""Steps: as much is done again after a crash."""
LOOKS = 4
"""Amounts of noise that each picture is measured with."""
SAMPLES = 2
LONGEST_GRADIENT = 1.0
PREPARED = 0.1
"""Of the progress, what is prepared before the first step."""


@dataclass(frozen=True)
class Lessons:
    """Everything that is learnt from, made once. `seen` and `held`: numbers of pictures; `prior`: of other people."""

    pictures: tuple[Pixels, ...]
    latents: tuple[Latents, ...]
    words: tuple[Words, ...]
    seen: tuple[int, ...]
    held: tuple[int, ...]
    prior: tuple[Latents, ...]
    prior_words: Words
    nothing: Words
    sample_words: Words


@dataclass
class Training:
    """One training of `pupil`. `engine`: which paints with what is learnt."""

    pupil: Pupil
    engine: str
    options: TrainingOptions
    seed: int
    checkpoints: Checkpoints
    context: Context
    likeness: Likeness | None = None
    marks: list[TrainingMark] = field(default_factory=list)

    def run(self) -> TrainedLora:
        """Raises BadInput for pictures that cannot be learnt from, OutOfMemory, Cancelled."""
        found = self.checkpoints.newest()
        before, tensors = found if found else (None, {})
        lessons = self._lessons(tensors)
        with self.pupil.learning(self.seed) as weights:
            optimiser, name = optimiser_for(weights, eight_bit=self.pupil.preset.eight_bit and self.pupil.device.on_gpu)
            done = 0
            if before is not None:
                logger.info("The training goes on from step {}", before.step)
                done, self.marks = before.step, list(before.marks)
                self.pupil.set_adapter(_named(tensors, "adapter."))
                restore(optimiser, tensors)
            self._steps(done, lessons, weights, optimiser, name)
        best = choose.best(self.marks)
        assert best.lora is not None  # every mark of a running training has it
        return TrainedLora(
            presenter=self.options.presenter, engine=self.engine, lora=best.lora, calls=f"{self.options.token} {self.options.kind}",
            steps=self.options.steps, chosen=best.step, chosen_by=choose.yardstick(self.marks), optimiser=name,
            marks=tuple(mark if mark is best else mark.model_copy(update={"lora": None}) for mark in self.marks),
            pictures=tuple(picture.file for picture in self.options.pictures),
        )  # fmt: skip

    def _steps(
        self,
        done: int,
        lessons: Lessons,
        weights: list[torch.nn.Parameter],
        optimiser: torch.optim.Optimizer,
        name: str,
    ) -> None:
        options, since, started = self.options, done, time.monotonic()
        try:
            while True:
                if done and is_marked(done, options.steps, options.sample_every) and done not in self._marked:
                    self.marks.append(self._mark(done, lessons, name))
                    self._keep(done, optimiser, lessons)
                elif done % KEPT_EVERY == 0 and done != since:
                    self._keep(done, optimiser, lessons)
                words = told(done, options.steps, time.monotonic() - started, since)
                self.context.progress(PREPARED + (1 - PREPARED) * done / options.steps, words)
                if done == options.steps:
                    return
                self.context.stop_if_cancelled()
                self._step(done, lessons, weights, optimiser)
                done += 1
        except Cancelled:
            self._keep(done, optimiser, lessons)
            raise

    def _step(
        self, step: int, lessons: Lessons, weights: list[torch.nn.Parameter], optimiser: torch.optim.Optimizer
    ) -> None:
        """Two losses, one after the other so that only one fills the memory: of the person, and of everybody else."""
        size = self.pupil.preset.batch
        for group in optimiser.param_groups:
            group["lr"] = rate(step, self.options.steps, self.pupil.preset.rate)
        draw = torch.Generator().manual_seed(noise_seed(self.seed, "step", step))
        chosen = batch(step, size, lessons.seen, self.seed)
        latents, words = [lessons.latents[n] for n in chosen], [lessons.words[n] for n in chosen]
        self.pupil.loss(latents, words, draw).backward()
        if lessons.prior:
            others = [lessons.prior[n] for n in batch(step, size, range(len(lessons.prior)), self.seed)]
            kept = self.pupil.loss(others, [lessons.prior_words] * size, draw) * self.options.prior
            kept.backward()
        torch.nn.utils.clip_grad_norm_(weights, LONGEST_GRADIENT)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)

    def _mark(self, done: int, lessons: Lessons, optimiser: str) -> TrainingMark:
        """What was learnt: measured, painted, compared, and kept."""
        loss, held = (self._measured(lessons, numbers) for numbers in (lessons.seen, lessons.held))
        painted = [
            self.pupil.seen(self._painted(lessons, lessons.sample_words, "sample", n)) for n in range(SAMPLES)
        ]  # fmt: skip
        identity = self.likeness(painted, lessons.pictures) if self.likeness else None
        facts = metadata(
            self.engine, self.options, self.seed, self.pupil.preset, learnt=len(lessons.seen), step=done,
            optimiser=optimiser, prediction=self.pupil.prediction, on_gpu=self.pupil.device.on_gpu,
        )  # fmt: skip
        store = self.context.artifacts
        lora = store.put_bytes(as_file(self.pupil.adapter(), facts), MEDIA_TYPE)
        return TrainingMark(
            step=done, loss=loss, held_out=held, identity=identity, lora=lora,
            samples=tuple(store.put_bytes(_png(picture), "image/png") for picture in painted),
        )  # fmt: skip

    def _measured(self, lessons: Lessons, numbers: Sequence[int]) -> float:
        found = []
        for number in numbers:
            self.context.stop_if_cancelled()
            seed = noise_seed(self.seed, "look", number)
            found.append(self.pupil.measured(lessons.latents[number], lessons.words[number], seed, LOOKS))
        return sum(found) / len(found)

    def _painted(self, lessons: Lessons, words: Words, *names: int | str) -> Latents:
        return self.pupil.paint(
            words, lessons.nothing, noise_seed(self.seed, *names), self.context.stop_if_cancelled
        )  # fmt: skip

    def _keep(self, done: int, optimiser: torch.optim.Optimizer, lessons: Lessons) -> None:
        tensors = {f"adapter.{name}": tensor for name, tensor in self.pupil.adapter().items()}
        tensors |= state_of(optimiser)
        tensors |= {f"prior.{number:03}": one.mean for number, one in enumerate(lessons.prior)}
        self.checkpoints.keep(
            TrainingCheckpoint(
                presenter=self.options.presenter, step=done, marks=tuple(self.marks),
                state=self.context.artifacts.put_bytes(to_bytes(tensors), MEDIA_TYPE),
                pictures=tuple(picture.file for picture in self.options.pictures),
            )
        )  # fmt: skip

    def _lessons(self, kept: Weights) -> Lessons:
        """`kept`: a checkpoint's tensors, in which the pictures of others are already."""
        options, pupil, store = self.options, self.pupil, self.context.artifacts
        need_pictures(len(options.pictures))
        pictures, latents = [], []
        for number, picture in enumerate(options.pictures):
            self.context.stop_if_cancelled()
            pixels = np.ascontiguousarray(read_picture(store.fetch(picture.file))[..., :3])
            pictures.append(pixels)
            latents.append(pupil.latents(pixels))
            self.context.progress(PREPARED / 2 * (number + 1) / len(options.pictures), "looking at the pictures")
        plain = f"a photo of {options.token} {options.kind}"
        texts = {text: pupil.words(text) for text in {one.caption or plain for one in options.pictures}}
        others, nothing = pupil.words(f"a photo of a {options.kind}"), pupil.words("")
        prior = list(_prior(kept))
        while options.prior and len(prior) < options.prior_pictures:
            seed = noise_seed(self.seed, "prior", len(prior))
            prior.append(pupil.paint(others, nothing, seed, self.context.stop_if_cancelled))
            fraction = PREPARED / 2 * (1 + len(prior) / options.prior_pictures)
            self.context.progress(fraction, "painting other people, to keep them apart")
        seen, held = split(len(latents), self.seed)
        return Lessons(
            pictures=tuple(pictures), latents=tuple(latents), seen=seen, held=held, prior=tuple(prior),
            words=tuple(texts[one.caption or plain] for one in options.pictures), prior_words=others, nothing=nothing,
            sample_words=pupil.words(plain),
        )  # fmt: skip

    @property
    def _marked(self) -> set[int]:
        return {mark.step for mark in self.marks}


def optimiser_for(
    weights: Sequence[torch.nn.Parameter], *, eight_bit: bool
) -> tuple[torch.optim.Optimizer, str]:  # fmt: skip
    """AdamW, with its moments in 8 bits where that is wanted and bitsandbytes is here; and its name."""
    if eight_bit and find_spec("bitsandbytes") is not None:
        made: torch.optim.Optimizer = import_module("bitsandbytes.optim").AdamW8bit(weights, lr=1.0)
        return made, "AdamW8bit"
    return torch.optim.AdamW(weights, lr=1.0), "AdamW"  # the rate of each step is set before it


def _prior(tensors: Weights) -> tuple[Latents, ...]:
    found = [tensor for _, tensor in sorted(_named(tensors, "prior.").items())]
    return tuple(Latents(tensor, torch.zeros_like(tensor)) for tensor in found)


def _named(tensors: Weights, prefix: str) -> Weights:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def _png(picture: Pixels) -> bytes:
    _, data = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    return data.tobytes()

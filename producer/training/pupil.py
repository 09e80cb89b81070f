"""The network that learns: a Stable Diffusion whose weights stay as they are, and a LoRA beside its attention.

    pictures ─▶ VAE ─▶ latents, kept      captions ─▶ text encoders ─▶ embeddings, kept
    latents + noise ─▶ network + LoRA ─▶ the noise that it takes it for ─▶ loss

Neither the VAE nor the text encoders learn anything: what they make of a picture and its caption is made once, and while
the LoRA learns they lie in ordinary memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import torch
from diffusers import DDPMScheduler
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict, set_peft_model_state_dict

from config.errors import BadInput
from producer.engines.models.folder import SPARED, SPARING
from producer.engines.scene.painters import Painter
from producer.nets.device import Device
from producer.nets.diffusion.loading import quietly, read
from producer.training.course import noise_seed
from producer.training.presets import Preset

Pixels = npt.NDArray[np.uint8]
Weights = dict[str, torch.Tensor]
ADAPTER = "person"
LEARNS = ["to_k", "to_q", "to_v", "to_out.0"]
"""The projections of attention: what diffusers' own examples and kohya's scripts train."""


@dataclass(frozen=True)
class Latents:
    """Of one picture, (channels, height, width), scaled: where the VAE sees it, and how unsure it is of that."""

    mean: torch.Tensor
    std: torch.Tensor

    def drawn(self, draw: torch.Generator) -> torch.Tensor:
        return self.mean + self.std * torch.randn(self.mean.shape, generator=draw)


@dataclass(frozen=True)
class Words:
    """A text as the network reads it. `pooled`: of SDXL only."""

    embedding: torch.Tensor
    pooled: torch.Tensor | None


class Pupil:
    """`device`: cpu, cuda:0 …, or auto. Raises Unavailable for a folder that is not the painter's model, and OutOfMemory,
    then and later, where a GPU is too small."""

    def __init__(self, folder: Path, painter: Painter, preset: Preset, device: str = "auto") -> None:
        self.painter, self.preset, self.device = painter, preset, Device.named(device)
        given = dict.fromkeys(SPARED) if painter.pipeline == SPARING else {}
        with self.device.computing(painter.title):  # half precision that needs no scaling of gradients
            self._pipe = read(folder, replace(painter, precision="bfloat16"), self.device, given=given)
            self._pipe.vae.to(torch.float32)  # in less, SDXL's overflows
        for part in self._pipe.components.values():
            if isinstance(part, torch.nn.Module):
                part.requires_grad_(False)
        self._unet: Any = self._pipe.unet
        self._noise = DDPMScheduler.from_config(self._pipe.scheduler.config)

    # ── what is prepared once ──────────────────────────────────────────────────────────────────────

    def latents(self, picture: Pixels) -> Latents:
        """Of an RGB picture of any size, which is cut to a square."""
        side = self.preset.pixels
        small = cv2.resize(_square(picture), (side, side), interpolation=cv2.INTER_AREA)
        tensor = torch.from_numpy(small.astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
        vae = self._pipe.vae
        with torch.no_grad(), self._at_work(vae):
            seen = vae.encode(tensor.to(self.device.name)).latent_dist
        scale = vae.config.scaling_factor
        return Latents((seen.mean * scale)[0].cpu(), (seen.std * scale)[0].cpu())

    def words(self, text: str) -> Words:
        encoders = [getattr(self._pipe, name, None) for name in ("text_encoder", "text_encoder_2")]
        with quietly(), torch.no_grad(), self._at_work(*filter(None, encoders)):
            made = self._pipe.encode_prompt(
                prompt=text, device=self.device.name, num_images_per_prompt=1, do_classifier_free_guidance=False
            )
        return Words(made[0].cpu(), made[2].cpu() if len(made) > 2 else None)

    # ── painting ───────────────────────────────────────────────────────────────────────────────────

    def paint(self, words: Words, nothing: Words, seed: int, look_up: Callable[[], None]) -> Latents:
        """A picture as latents. `nothing`: the empty text. `look_up` is called after each step; what it raises ends it."""

        def step_ended(_pipe: Any, _number: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            look_up()
            return tensors

        dtype = self._unet.dtype
        asked = {"prompt_embeds": words.embedding, "negative_prompt_embeds": nothing.embedding}
        if words.pooled is not None and nothing.pooled is not None:
            asked |= {"pooled_prompt_embeds": words.pooled, "negative_pooled_prompt_embeds": nothing.pooled}
        self._unet.eval()
        # the pipeline works where its first part is, the VAE
        with quietly(), self._computing(), self._at_work(self._pipe.vae, self._unet):
            made = self._pipe(
                **{name: value.to(self.device.name, dtype) for name, value in asked.items()},
                width=self.preset.pixels, height=self.preset.pixels, num_inference_steps=self.painter.steps,
                guidance_scale=self.painter.guidance, generator=torch.Generator("cpu").manual_seed(seed),
                output_type="latent", callback_on_step_end=step_ended,
            )  # fmt: skip
        mean = made.images[0].float().cpu()
        return Latents(mean, torch.zeros_like(mean))

    def seen(self, latents: Latents) -> Pixels:
        """The picture, RGB."""
        vae = self._pipe.vae
        with torch.no_grad(), self._at_work(vae):
            shown = vae.decode((latents.mean / vae.config.scaling_factor)[None].to(self.device.name)).sample[0].cpu()
        return np.asarray(np.rint(np.clip(shown.permute(1, 2, 0).numpy() / 2 + 0.5, 0, 1) * 255), np.uint8)

    # ── learning ───────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def learning(self, seed: int) -> Iterator[list[torch.nn.Parameter]]:
        """With a fresh LoRA, whose weights are returned; it is gone afterwards."""
        rank = self.preset.rank
        config = LoraConfig(r=rank, lora_alpha=rank, init_lora_weights="gaussian", target_modules=LEARNS)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(noise_seed(seed, "adapter"))
            self._unet.add_adapter(config, ADAPTER)
        try:
            self._unet.to(self.device.name)
            learnt = [weight for weight in self._unet.parameters() if weight.requires_grad]
            for weight in learnt:
                weight.data = weight.data.float()
            if self.preset.gradient_checkpointing:
                self._unet.enable_gradient_checkpointing()
            yield learnt
        finally:
            self._unet.disable_gradient_checkpointing()
            self._unet.unload_lora()
            self._unet.requires_grad_(False)
            self._unet.eval()

    def loss(self, learnt: Sequence[Latents], words: Sequence[Words], draw: torch.Generator) -> torch.Tensor:
        """Of one step. Everything random is drawn on the CPU, so that it is the same on every device."""
        clean = torch.stack([one.drawn(draw) for one in learnt])
        noise = torch.randn(clean.shape, generator=draw)
        times = torch.randint(0, self._noise.config.num_train_timesteps, (len(learnt),), generator=draw)
        self._unet.train()  # else no gradient is checkpointed
        return self._loss_at(clean, noise, times, words)

    def measured(self, seen: Latents, words: Words, seed: int, looks: int) -> float:
        """The loss on one picture, with the same noise each time it is asked, evenly over all amounts of it."""
        total, last = 0.0, self._noise.config.num_train_timesteps
        self._unet.eval()
        with torch.no_grad():
            for look in range(looks):
                noise = torch.randn(seen.mean.shape, generator=torch.Generator().manual_seed(noise_seed(seed, look)))
                time = torch.tensor([(2 * look + 1) * last // (2 * looks)])
                total += float(self._loss_at(seen.mean[None], noise[None], time, [words]))
        return total / looks

    def adapter(self) -> Weights:
        """The LoRA's weights by the names of peft; the network's own memory."""
        return dict(get_peft_model_state_dict(self._unet, adapter_name=ADAPTER))

    def set_adapter(self, weights: Weights) -> None:
        set_peft_model_state_dict(self._unet, weights, adapter_name=ADAPTER)

    @property
    def prediction(self) -> str:
        return str(self._noise.config.prediction_type)

    def close(self) -> None:
        """Give the device's memory back."""
        del self._pipe, self._unet
        self.device.empty()

    def _loss_at(
        self, clean: torch.Tensor, noise: torch.Tensor, times: torch.Tensor, words: Sequence[Words]
    ) -> torch.Tensor:
        noisy, target = self._noise.add_noise(clean, noise, times), noise
        if self.prediction == "v_prediction":
            target = self._noise.get_velocity(clean, noise, times)
        elif self.prediction != "epsilon":
            raise BadInput(f"What {self.painter.title} predicts ({self.prediction}) is not trained here.")
        where, dtype = self.device.name, self._unet.dtype
        more: dict[str, Any] = {}
        if words[0].pooled is not None:
            side = float(self.preset.pixels)
            sizes = torch.tensor(
                [[side, side, 0.0, 0.0, side, side]] * len(words)
            )  # original size, corner, wanted size
            pooled = torch.cat([one.pooled for one in words if one.pooled is not None])
            more = {"added_cond_kwargs": {"text_embeds": pooled.to(where, dtype), "time_ids": sizes.to(where, dtype)}}
        with self._computing():
            found = self._unet(
                noisy.to(where, dtype),
                times.to(where),
                torch.cat([one.embedding for one in words]).to(where, dtype),
                **more,
            ).sample
        return torch.nn.functional.mse_loss(found.float(), target.to(where))

    @contextmanager
    def _computing(self) -> Iterator[None]:
        with (
            self.device.computing(self.painter.title),
            torch.autocast("cuda", torch.bfloat16, enabled=self.device.on_gpu),
        ):
            yield

    @contextmanager
    def _at_work(self, *parts: Any) -> Iterator[None]:
        """These parts on the device; but for the network they leave it again."""
        for part in parts:
            part.to(self.device.name)
        try:
            yield
        finally:
            if self.device.on_gpu:
                for part in parts:
                    if part is not self._unet:
                        part.to("cpu")
                self.device.empty()


def _square(picture: Pixels) -> Pixels:
    height, width = picture.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return np.ascontiguousarray(picture[top : top + side, left : left + side])

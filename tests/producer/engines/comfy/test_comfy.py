"""Scenes and motion by workflows of the user's, on a server that speaks ComfyUI's protocol."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from config.errors import BadInput, Cancelled, EngineError, OutOfMemory, Unavailable
from producer.engines.comfy.backend import ComfyBackend
from producer.engines.comfy.motion import ComfyMotion
from producer.engines.comfy.scene import ComfyScene
from producer.engines.requests import MotionOptions, MotionRequest, SceneOptions, SceneRequest
from producer.engines.servers import ModelServer
from producer.render.loops.film import LoopFilm, write_loop
from storage.documents import Scene
from tests.support.comfy_server import World, comfy_server, png
from tests.support.cutting import context_in, scene_for, store_in

SCENE = {
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "x.safetensors"}},
    "6": {
        "class_type": "CLIPTextEncode",
        "inputs": {"text": "", "clip": ["4", 1]},
        "_meta": {"title": "dailies:prompt"},
    },
    "3": {"class_type": "KSampler", "inputs": {"seed": 0, "positive": ["6", 0]}, "_meta": {"title": "dailies:seed"}},
    "9": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}, "_meta": {"title": "Save"}},
}
MOTION = {
    "1": {"class_type": "LoadImage", "inputs": {"image": "old.png"}, "_meta": {"title": "dailies:image"}},
    "2": {"class_type": "SVD_img2vid", "inputs": {"seed": 0, "image": ["1", 0]}, "_meta": {"title": "dailies:seed"}},
    "3": {"class_type": "SaveVideo", "inputs": {"video": ["2", 0]}, "_meta": {"title": "dailies:output"}},
}


def at(engine: ComfyBackend, world: World, folder: Path, nodes: dict[str, Any], silence_s: float = 20) -> Any:
    engine.server, engine.weights_folder = ModelServer(world.url, silence_s=silence_s), folder / "comfyui"
    engine.weights_folder.mkdir(exist_ok=True)
    (engine.weights_folder / f"{engine.stage}.json").write_text(json.dumps(nodes))
    return engine


def paint(world: World, folder: Path, nodes: dict[str, Any] = SCENE, silence_s: float = 20, **hooks: Any) -> Scene:
    engine = at(ComfyScene(), world, folder, nodes, silence_s)
    engine.load()
    request = SceneRequest(SceneOptions(description="a harbour at dawn", resolution=576), 7)
    made: Scene = engine.run(request, context_in(folder, store_in(folder), **hooks))
    return made


class TestAScene:
    def test_is_what_the_workflow_made_of_the_clips_words(self, tmp_path: Path) -> None:
        told = list[float]()
        with comfy_server() as world:
            made = paint(world, tmp_path, progress=lambda done, _: told.append(done))
            (sent,) = world.prompts
        assert sent["prompt"]["6"]["inputs"]["text"].startswith("a harbour at dawn")
        assert sent["prompt"]["3"]["inputs"]["seed"] == 7
        assert (made.width, made.height, len(made.colours)) == (1024, 576, 6)
        seen = cv2.imread(str(store_in(tmp_path).fetch(made.image)))
        assert seen.shape == (576, 1024, 3)
        assert seen[300, 1000, 2] > seen[300, 10, 2] + 100, "red grows to the right, as it was painted"
        assert told == sorted(told)
        assert len(told) > 5
        assert told[-1] == 1

    def test_takes_the_files_of_the_node_that_is_marked(self, tmp_path: Path) -> None:
        marked = {**SCENE, "6": {**SCENE["6"], "_meta": {"title": "dailies:prompt dailies:output"}}}
        with comfy_server() as world, pytest.raises(EngineError, match="made no file"):
            paint(world, tmp_path, marked)

    def test_changes_its_name_with_the_workflow(self, tmp_path: Path) -> None:
        with comfy_server() as world:
            first = at(ComfyScene(), world, tmp_path, SCENE).info.weights
            assert at(ComfyScene(), world, tmp_path, {**SCENE, "10": SCENE["4"]}).info.weights != first


class TestMotion:
    def test_is_a_loop_of_the_film_that_the_workflow_made(self, tmp_path: Path) -> None:
        frames = [np.full((64, 96, 3), 40 + 10 * number, np.uint8) for number in range(12)]
        write_loop(tmp_path / "film.mp4", frames, 8, (96, 64), lambda: None)
        store = store_in(tmp_path)
        with comfy_server(makes=(tmp_path / "film.mp4").read_bytes(), filename="v_00001_.mp4") as world:
            engine = at(ComfyMotion(), world, tmp_path, MOTION)
            engine.load()
            request = MotionRequest(MotionOptions(format="1:1", resolution=576), scene_for(store, "1:1"), 9)
            made = engine.run(request, context_in(tmp_path, store))
            (name,) = world.uploads
            assert world.prompts[0]["prompt"]["1"]["inputs"]["image"] == name
        assert cv2.imdecode(np.frombuffer(world.uploads[name], np.uint8), cv2.IMREAD_COLOR) is not None
        assert (made.fps, made.frames) == (25, 28), "nine of twelve frames at eight a second"
        film = LoopFilm(store.fetch(made.loop), made.frames, made.fps, (576, 576))
        assert film.at(27)[300, 300, 0] > film.at(14)[300, 300, 0] + 10

    def test_that_is_no_film_is_refused(self, tmp_path: Path) -> None:
        store = store_in(tmp_path)
        with comfy_server(makes=b"not a film", filename="v_00001_.mp4") as world:
            engine = at(ComfyMotion(), world, tmp_path, MOTION)
            engine.load()
            with pytest.raises(BadInput, match="is no film"):
                engine.run(MotionRequest(MotionOptions(), scene_for(store, "16:9")), context_in(tmp_path, store))


class TestWhatGoesWrong:
    @pytest.mark.parametrize(
        ("mood", "error", "reason"),
        [
            ("refuses", EngineError, r"node 4 \(CheckpointLoaderSimple\): Value not in list"),
            ("fails", EngineError, "failed in KSampler: mat1 and mat2"),
            ("out of memory", OutOfMemory, "ran out of memory in KSampler"),
            ("interrupted", EngineError, "Somebody stopped the workflow"),
            ("breaks off", Unavailable, "broke off"),
            ("nothing", EngineError, "made no file"),
        ],
    )
    def test_is_told_in_one_line(self, tmp_path: Path, mood: str, error: type[EngineError], reason: str) -> None:
        with comfy_server(mood=mood) as world, pytest.raises(error, match=reason) as failed:
            paint(world, tmp_path)
        assert "\n" not in str(failed.value)
        assert failed.value.cure

    def test_one_that_says_nothing_is_left(self, tmp_path: Path) -> None:
        with comfy_server(mood="silent") as world:
            with pytest.raises(Unavailable, match="said nothing"):
                paint(world, tmp_path, silence_s=0.6)
            assert world.interrupted == ["prompt-1"]

    def test_a_picture_that_is_none_is_refused(self, tmp_path: Path) -> None:
        with comfy_server(makes=b"words") as world, pytest.raises(BadInput, match="cannot be read"):
            paint(world, tmp_path)

    def test_no_server_is_told_with_where_it_was_looked_for(self, tmp_path: Path) -> None:
        engine = at(ComfyScene(), World(url="http://127.0.0.1:9"), tmp_path, SCENE)
        (problem,) = engine.check()
        assert problem.message == "ComfyUI does not answer at http://127.0.0.1:9."

    def test_another_server_is_not_taken_for_one(self, tmp_path: Path) -> None:
        with comfy_server() as world:
            (problem,) = at(ComfyScene(), World(url=f"{world.url}/elsewhere"), tmp_path, SCENE).check()
        assert "broke off" in problem.message

    def test_what_is_not_there_is_named(self, tmp_path: Path) -> None:
        engine = ComfyScene()
        assert engine.check()[0].message == "No ComfyUI is named."
        with comfy_server() as world:
            engine.server, engine.weights_folder = ModelServer(world.url), tmp_path
            assert str(tmp_path / "scene.json") in engine.check()[0].cure
            (tmp_path / "scene.json").write_text("{}")
            assert "it holds no nodes" in engine.check()[0].message


class TestStopping:
    def test_interrupts_the_workflow_within_a_moment(self, tmp_path: Path) -> None:
        wanted = threading.Event()
        with comfy_server(mood="forever") as world:
            threading.Timer(0.5, wanted.set).start()
            with pytest.raises(Cancelled):
                paint(world, tmp_path, cancelled=wanted.is_set)
            assert world.interrupted == ["prompt-1"]
            assert world.calls == ["delete ['prompt-1']"]

    def test_frees_its_memory_when_it_is_to_make_room(self, tmp_path: Path) -> None:
        with comfy_server() as world:
            engine = at(ComfyScene(), world, tmp_path, SCENE)
            engine.load()
            engine.unload()
            assert world.calls == [], "it holds nothing for us yet"
            engine.run(
                SceneRequest(SceneOptions(title="Trams", resolution=576)), context_in(tmp_path, store_in(tmp_path))
            )
            engine.unload()
            assert world.calls == ["free {'unload_models': True, 'free_memory': True}"]


def test_two_seeds_are_two_prompts(tmp_path: Path) -> None:
    with comfy_server(makes=png(seed=1)) as world:
        engine = at(ComfyScene(), world, tmp_path, SCENE)
        engine.load()
        for seed in (1, 2**40):
            request = SceneRequest(SceneOptions(title="Trams", resolution=576), seed)
            engine.run(request, context_in(tmp_path, store_in(tmp_path)))
        assert [one["prompt"]["3"]["inputs"]["seed"] for one in world.prompts] == [1, 2**40 % 2**32]

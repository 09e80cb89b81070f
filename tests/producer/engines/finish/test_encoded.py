"""The compositor with other encoders: what an engine promises, where its encoder works and where it does not."""

import pytest

from config.errors import Unavailable
from producer.engines.finish.compositor import Compositor
from producer.engines.registry import Registry
from producer.plan.keys import stage_key
from producer.render.encoders import ENCODERS
from producer.render.trial import problem_with
from storage.documents import Frozen
from storage.plans import EngineChoice

OTHERS = [name for name in ENCODERS if name != "x264"]


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_ready_exactly_where_its_encoder_works(name: str) -> None:
    engine = Registry().create(f"compositor-{name}")
    assert isinstance(engine, Compositor)
    assert engine.encoder == ENCODERS[name]  # type: ignore[index]
    if problem := problem_with(engine.encoder_name):
        assert [(found.message, found.cure) for found in engine.check()] == [(problem, engine.encoder.cure)]
        with pytest.raises(Unavailable) as raised:
            engine.load()
        assert (raised.value.message, raised.value.cure) == (problem, engine.encoder.cure)
    else:
        assert engine.check() == []
        engine.load()


def test_each_has_keys_of_its_own_and_names_what_it_runs() -> None:
    infos = [Registry().create(name).info for name in ("compositor", *(f"compositor-{name}" for name in OTHERS))]
    choices = [EngineChoice(engine=info.id, version=info.version) for info in infos]
    assert len({stage_key("finish", choice, Frozen(), 1, 0, {}) for choice in choices}) == len(infos)
    licences = {info.id: info.code_licence.name for info in infos}
    assert "GPL" in licences["compositor"]
    assert not any("GPL" in licence for name, licence in licences.items() if name != "compositor")

"""What a show wants is what its cards get: colours, no intro, no name; right-to-left languages get the mirror image."""

from pathlib import Path

from producer.render.design import design_for
from producer.render.timeline import plan
from storage.orders import Brand
from tests.support.cutting import design_of, request_for, store_in


def test_a_shows_colours_stand_in_for_the_scenes(tmp_path: Path) -> None:
    plain = design_of(store_in(tmp_path)).palette
    branded = design_of(store_in(tmp_path), brand=Brand(accent="#00ff88")).palette
    assert branded.accent == "#00ff88"
    assert (branded.second, branded.ink) == (plain.second, plain.ink)


def test_a_show_may_leave_the_name_out(tmp_path: Path) -> None:
    assert design_of(store_in(tmp_path)).wording.presenter == "Mara"
    assert design_of(store_in(tmp_path), brand=Brand(lower_third=False)).wording.presenter == ""


def test_without_intro_and_outro_the_body_is_all_there_is(tmp_path: Path) -> None:
    request = request_for(store_in(tmp_path))
    times = plan(request.speech.duration_s, 25, intro=False, outro=False)
    assert times.body == 0
    assert times.outro == times.frames


def test_arabic_is_laid_out_from_the_right_at_any_resolution(tmp_path: Path) -> None:
    request = request_for(store_in(tmp_path), language="ar", resolution=1080)
    layout = design_for(request, plan(request.speech.duration_s, 30)).layout
    assert layout.mirrored
    assert (layout.width, layout.height) == (1920, 1080)
    assert layout.presenter_x < layout.cards.x

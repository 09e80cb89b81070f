"""The presenters that come with the studio. To add one, add an entry; every field of `Look` may be set."""

from __future__ import annotations

from producer.render.presenter.look import Look

DEFAULT = "mara"

LOOKS: dict[str, Look] = {
    look.name: look
    for look in (
        Look(
            name="mara", skin="#f2c6a6", eyes="#5d7a4a", lashes=0.5, lips=0.45, jaw=0.35, nose=0.4, brows=0.35,
            hair="lob", hair_colour="#5a3220",
            shoulders=0.25, outfit="blazer", outfit_colour="#1f5f66", shirt_colour="#fbf3e8", accent="#f2a33a",
        ),
        Look(
            name="theo", skin="#e3ad86", eyes="#4a6d86", lashes=0.15, lips=0.1, jaw=0.7, nose=0.5, brows=0.7,
            hair="quiff", hair_colour="#3b2a22", beard="stubble",
            shoulders=0.8, outfit="blazer", outfit_colour="#2b4470", shirt_colour="#f4f7fb", accent="#f2a33a",
        ),
        Look(
            name="amara", skin="#8d5637", eyes="#3d2617", lashes=0.55, lips=0.5, fullness=0.8, jaw=0.35, nose=0.7,
            hair="afro", hair_colour="#231b1e", glasses="round", glasses_colour="#b8863b", earrings="hoops",
            shoulders=0.3, outfit="blazer", outfit_colour="#c4573a", shirt_colour="#fff5ea", accent="#2f4858",
        ),
        Look(
            name="kenji", skin="#f3cfae", eyes="#3a281d", lashes=0.1, lips=0.1, jaw=0.5, nose=0.45, lids=0.8, brows=0.55,
            hair="side-part", hair_colour="#1c1a20", glasses="square", glasses_colour="#2a2730",
            shoulders=0.6, outfit="suit", outfit_colour="#3d3d50", shirt_colour="#ffffff", accent="#b9403f",
        ),
        Look(
            name="lena", skin="#f8d9c4", eyes="#4f86a6", lashes=0.45, lips=0.5, jaw=0.3, nose=0.35, brows=0.3,
            hair="bun", hair_colour="#d4a85e", earrings="studs",
            shoulders=0.2, outfit="blouse", outfit_colour="#7f9c86", shirt_colour="#fdf8f0", accent="#e9a23b",
        ),
        Look(
            name="omar", skin="#6f4630", eyes="#2f1d14", lashes=0.2, lips=0.15, fullness=0.7, jaw=0.75, nose=0.85,
            brows=0.65, hair="coils", hair_colour="#1d1718", beard="full",
            shoulders=0.85, outfit="rollneck", outfit_colour="#b98224", shirt_colour="#f7fbff", accent="#2e7dba",
        ),
        Look(
            name="priya", skin="#b97a52", eyes="#3b2416", lashes=0.7, lips=0.6, fullness=0.6, jaw=0.3, nose=0.5,
            brows=0.5, hair="long", hair_colour="#241a1f",
            shoulders=0.25, outfit="blazer", outfit_colour="#73395c", shirt_colour="#fdeff2", accent="#f7b267",
        ),
        Look(
            name="ingrid", skin="#f3cdb4", eyes="#5f7f92", lashes=0.3, lips=0.5, jaw=0.4, nose=0.5, age=0.8, brows=0.3,
            hair="waves", hair_colour="#b9b6ba", glasses="round", glasses_colour="#7a3b46",
            shoulders=0.3, outfit="blouse", outfit_colour="#8c2f45", shirt_colour="#fdf6ec", accent="#c98b3c",
        ),
        Look(
            name="mateo", skin="#cf9468", eyes="#5a3c22", lashes=0.25, lips=0.15, jaw=0.6, nose=0.55, brows=0.65,
            hair="curls", hair_colour="#3a2419", beard="short",
            shoulders=0.7, outfit="shirt", outfit_colour="#5c6f4a", shirt_colour="#f8f6ee", accent="#e9a23b",
        ),
        Look(
            name="noor", skin="#dba67c", eyes="#4a3120", lashes=0.65, lips=0.5, jaw=0.3, nose=0.45, brows=0.45,
            hair="headscarf", hair_colour="#2b211f",
            shoulders=0.2, outfit="blazer", outfit_colour="#3b4566", shirt_colour="#f7f1e8", accent="#4f8f8b",
        ),
        Look(
            name="elias", skin="#eec09d", eyes="#5b7186", lashes=0.1, lips=0.1, jaw=0.65, nose=0.65, age=0.75, brows=0.6,
            hair="bald", hair_colour="#9b979a", beard="full", glasses="square", glasses_colour="#3a2f2a",
            shoulders=0.75, outfit="jumper", outfit_colour="#34506b", shirt_colour="#f5f7fb", accent="#d1495b",
        ),
        Look(
            name="mei", skin="#f5d3b5", eyes="#33231a", lashes=0.5, lips=0.55, jaw=0.25, nose=0.4, lids=0.75, brows=0.35,
            hair="bob", hair_colour="#201c24",
            shoulders=0.15, outfit="jumper", outfit_colour="#d9694f", shirt_colour="#fff7ef", accent="#2f4858",
        ),
        Look(
            name="sam", skin="#f6d2ba", eyes="#4f7d62", lashes=0.25, lips=0.2, jaw=0.45, nose=0.4, freckles=0.8, brows=0.5,
            hair="pixie", hair_colour="#a84a28",
            shoulders=0.45, outfit="shirt", outfit_colour="#4f6f96", shirt_colour="#f7fbff", accent="#ffd166",
        ),
        Look(
            name="arjun", skin="#c58a5e", eyes="#3d2819", lashes=0.25, lips=0.15, fullness=0.6, jaw=0.6, nose=0.6,
            brows=0.75, hair="crop", hair_colour="#211a1b", beard="long",
            headwear="turban", headwear_colour="#c4622d",
            shoulders=0.75, outfit="suit", outfit_colour="#2d3f5e", shirt_colour="#fbfaf6", accent="#7d2f45",
        ),
        Look(
            name="rosa", skin="#dba884", eyes="#4b3322", lashes=0.45, lips=0.65, jaw=0.4, nose=0.5, age=0.6, brows=0.4,
            hair="pixie", hair_colour="#3d2b28", grey=0.55, glasses="cat-eye", glasses_colour="#a3334a",
            earrings="drops", hearing="aids",
            shoulders=0.3, outfit="blazer", outfit_colour="#2e3350", shirt_colour="#fdf3e7", accent="#d9574a",
        ),
        Look(
            name="jonas", skin="#f0c9ab", eyes="#5d86a0", lashes=0.15, lips=0.1, jaw=0.55, nose=0.45, age=0.1, brows=0.6,
            hair="crop", hair_colour="#8a5a34", beard="stubble", headwear="beanie", headwear_colour="#b0412f",
            shoulders=0.6, outfit="rollneck", outfit_colour="#3b4a4f", shirt_colour="#f6f4ee", accent="#e9a23b",
        ),
        Look(
            name="ezra", skin="#edc3a2", eyes="#55432f", lashes=0.15, lips=0.1, jaw=0.5, nose=0.65, age=0.45, brows=0.65,
            hair="crop", hair_colour="#4b382d", grey=0.25, beard="short", glasses="round", glasses_colour="#5a4632",
            headwear="kippah", headwear_colour="#27365c",
            shoulders=0.6, outfit="jumper", outfit_colour="#66704f", shirt_colour="#f7f7f4", accent="#c98b3c",
        ),
        Look(
            name="walter", skin="#f0c3a6", eyes="#6c8592", lashes=0.05, lips=0.1, fullness=0.3, jaw=0.6, nose=0.75, age=1.0,
            brows=0.75, hair="crop", hair_colour="#7c6a5e", grey=0.85, beard="moustache", hearing="aids",
            headwear="flat-cap", headwear_colour="#6b6252",
            shoulders=0.55, outfit="jumper", outfit_colour="#7a4436", shirt_colour="#eef0f2", accent="#3f6f6a",
        ),
        Look(
            name="zola", skin="#7a4a30", eyes="#2e1d14", lashes=0.6, lips=0.55, fullness=0.8, jaw=0.3, nose=0.7, age=0.1,
            brows=0.5, hair="bun", hair_colour="#211719", headwear="none", earrings="drops",
            shoulders=0.25, outfit="blouse", outfit_colour="#c99a2e", shirt_colour="#fff7ea", accent="#2f8f83",
        ),
    )
}  # fmt: skip

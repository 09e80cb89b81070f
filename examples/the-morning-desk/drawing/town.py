"""Pictures of the town. Each function draws one story of the sample feed, from back to front."""

from __future__ import annotations

from math import cos, pi, sin

from drawing.pencil import WIDTH, Sheet


def bakery_pool(s: Sheet) -> None:
    s.backdrop("#ffe8cf", "#ffd3a8")
    s.box(0, 0, 640, 520, "#b9563d")
    for row in range(13):
        for column in range(-1, 9):
            s.box(column * 84 + (row % 2) * 42, row * 40, 78, 34, "#c8664a", 4)
    s.shape("#7d3a2a", "M120 440 V250 A200 200 0 0 1 520 250 V440 Z")
    s.shape("#2b1512", "M160 440 V260 A160 160 0 0 1 480 260 V440 Z")
    s.glow(320, 400, 220, "#ff9a3d", 0.95)
    for x, y in ((240, 400), (330, 372), (410, 404)):
        s.oval(x, y, 66, 36, "#d98b3f")
        s.oval(x, y - 6, 58, 27, "#eda95a")
        for cut in (-26, 0, 26):
            s.line("#fbe0b0", 6, f"M{x + cut - 6} {y - 20} l14 22")
    s.box(640, 0, 640, 520, "#d9f0f2")
    for x in (700, 890, 1080):
        s.box(x, 60, 140, 150, "#f6fdff", 10)
        s.line("#9fd3d8", 6, f"M{x + 70} 60 v150 M{x} 135 h140")
    s.box(640, 300, 640, 220, "#36a9c6")
    for lane in (360, 430):
        for x in range(650, 1280, 44):
            s.disc(x, lane, 7, "#ff6b57" if x % 88 else "#ffffff")
    s.ripples("#c8f1f7", 320, 510, 26, 0.6, left=645)
    s.line("#e7a07a", 18, "M860 402 h60")
    s.shape("#1f3f6b", "M890 392 Q940 370 1000 384 L1000 412 H890 Z")
    s.shape("#e7a07a", "M990 384 Q1030 378 1040 398 V412 H990 Z")
    s.line("#e7a07a", 19, "M1012 390 Q1040 318 1082 344 L1120 396")
    s.disc(1052, 384, 27, "#e7a07a")
    s.shape("#f2c230", "M1024 386 a28 28 0 0 1 55 -8 z")
    s.shape(
        "#36a9c6",
        "M840 404 q26 -10 52 0 t52 0 52 0 52 0 52 0 52 0 v40 h-312 Z".replace(
            "t52 0 52 0 52 0 52 0 52 0", "q26 10 52 0 q26 -10 52 0 q26 10 52 0 q26 -10 52 0 q26 10 52 0"
        ),
    )
    s.line("#e3f8fb", 5, "M1098 402 q22 -14 44 0 M860 420 h70 M980 424 h90")
    s.box(0, 520, WIDTH, 200, "#5b4a45")
    s.box(0, 520, WIDTH, 14, "#8b7a72")
    s.line("#3c302d", 66, "M320 520 V620 H960 V520")
    for i, tint in enumerate(("#ff7a3d", "#ff9657", "#ffb27a", "#f0bfa0", "#bfc9c4", "#8fcbd6", "#5fc0d8")):
        s.line(tint, 40, f"M{340 + i * 90} 620 h70")
    s.line("#ff7a3d", 40, "M320 470 V620")
    s.line("#5fc0d8", 40, "M960 620 V500")


def listening_room(s: Sheet) -> None:
    s.backdrop("#241a3a", "#120d20")
    for i, tint in enumerate(("#ff8a5b", "#ffb25b", "#ffd76b", "#9fe0c0", "#6bb8ff", "#a58bff")):
        r = 150 + i * 140
        s.line(
            tint,
            17 - i,
            f"M{330 + r * cos(-0.62)} {330 + r * sin(-0.62)} A{r} {r} 0 0 1 {330 + r * cos(0.62)} {330 + r * sin(0.62)}",
            0.95 - 0.1 * i,
        )
    s.glow(320, 330, 260, "#ffb25b", 0.35)
    s.shape("#d9a441", "M120 330 C190 320 230 250 350 180 C390 250 390 410 350 480 C230 410 190 340 120 330 Z")
    s.oval(356, 330, 46, 152, "#8a5a1f")
    s.oval(360, 330, 32, 122, "#4a2d14")
    s.line("#b98228", 30, "M140 330 C70 330 90 470 160 490")
    s.box(80, 490, 240, 120, "#6b3f2a", 12)
    s.box(80, 490, 240, 22, "#8a5538", 10)
    for i in range(9):
        x, y = 470 + i * 96, 640 + 26 * (i % 2)
        s.disc(x, y - 34, 40, "#0a0713")
        s.shape("#0a0713", f"M{x - 74} 740 C{x - 74} {y - 40} {x + 74} {y - 40} {x + 74} 740 Z")
        s.line("#ffb25b", 4, f"M{x - 38} {y - 46} A40 40 0 0 1 {x - 10} {y - 73}", 0.7)


def leaking_pipe(s: Sheet) -> None:
    s.backdrop("#f3e3cf", "#e8cdb0")
    for row in range(6):
        for column in range(9):
            s.box(column * 150 + (row % 2) * 75 - 80, row * 124 - 6, 140, 114, "#efd9bf", 8)
    s.shape("#6d5647", "M120 40 L760 20 L820 180 L770 420 L840 690 L90 700 L60 420 L130 230 Z")
    s.shape("#59443a", "M150 70 L730 52 L782 190 L736 420 L798 660 L124 668 L98 420 L164 236 Z")
    s.line("#3d2e28", 92, "M-40 250 H440 V760")
    s.line("#7fa7b8", 76, "M-40 246 H436 V760")
    s.line("#a9cbd8", 18, "M-40 226 H452 V760")
    s.box(180, 196, 44, 104, "#5b8496", 10)
    s.box(382, 470, 110, 44, "#5b8496", 10)
    s.line("#33505d", 6, "M452 366 l16 14 l-14 12 l18 16")
    for i, (x, y, r) in enumerate(((520, 396, 15), (570, 440, 20), (556, 540, 24), (630, 520, 17), (610, 620, 27))):
        s.shape(
            "#3fa7d6",
            f"M{x} {y - r * 2} C{x + r} {y - r * 0.6} {x + r} {y + r} {x} {y + r} C{x - r} {y + r} {x - r} {y - r * 0.6} {x} {y - r * 2} Z",
        )
        s.disc(x - r * 0.3, y + r * 0.1, r * 0.22, "#dff4ff" if i else "#ffffff")
    s.line("#8fd3f0", 9, "M474 386 q30 -6 44 -24", 0.9)
    for i in range(4):
        r = 90 + i * 62
        s.line(
            "#f26b4f",
            13 - i,
            f"M{900 - r * cos(0.55)} {370 - r * sin(0.55)} A{r} {r} 0 0 0 {900 - r * cos(0.55)} {370 + r * sin(0.55)}",
            1 - i * 0.18,
        )
    with s.at(1010, 370, turn=8):
        s.box(-118, -226, 236, 452, "#22252e", 36)
        s.box(-102, -208, 204, 416, "#123447", 24)
        for i in range(11):
            h = 26 + 120 * abs(sin(i * 1.7)) * (1 - abs(i - 5) / 8)
            s.box(-88 + i * 16, -h / 2, 9, h, "#5be0b3", 5)
        s.disc(0, 150, 26, "#f26b4f")
    s.shape(
        "#d99a74", "M1090 720 C1130 640 1170 560 1140 480 C1128 452 1104 470 1108 500 C1112 560 1040 620 1020 720 Z"
    )


def _house(s: Sheet, x: float, base: float, w: float, h: float, wall: str, roof: str) -> None:
    s.box(x, base - h, w, h + 400, wall)
    s.shape(roof, f"M{x - 12} {base - h} L{x + w / 2} {base - h - 70} L{x + w + 12} {base - h} Z")
    for row in range(int(h // 84)):
        for column in (0.2, 0.6):
            s.box(x + w * column, base - h + 26 + row * 84, w * 0.22, 44, "#fff0c4", 4)
            s.box(x + w * column, base - h + 46 + row * 84, w * 0.22, 4, wall)


def red_bus(s: Sheet) -> None:
    s.backdrop("#8fd0e8", "#ffe7c4")
    s.disc(1080, 130, 64, "#fff4c9")
    for x, y, w in ((180, 110, 1.0), (640, 70, 0.7), (880, 210, 0.6)):
        with s.at(x, y, w):
            s.shape("#ffffff", "M-110 30 a40 40 0 0 1 40 -50 a60 60 0 0 1 110 -6 a44 44 0 0 1 60 56 Z", 0.9)
    tints = (
        ("#e98a6d", "#8f3f3a"),
        ("#f2c572", "#a05a2c"),
        ("#8fb8a8", "#3f6f68"),
        ("#d98fa5", "#84415f"),
        ("#9fb3dd", "#4a5a94"),
        ("#f0dcc0", "#a06a4a"),
        ("#c5d08a", "#6f7a35"),
    )
    for i, (wall, roof) in enumerate(tints):
        _house(s, 20 + i * 182, 590 - i * 62, 170, 190 + 40 * (i % 3), wall, roof)
    s.shape("#6a6f7d", "M0 620 L1280 190 V380 L0 720 Z")
    s.shape("#565b69", "M0 690 L1280 330 V380 L0 720 Z")
    s.shape("#d9cbb5", "M0 720 L1280 380 V720 Z")
    for i in range(16):
        s.shape("#c5b59b", f"M{i * 90} {718 - i * 24} l60 -16 v14 l-60 16 Z")
    s.line("#f4e9c8", 6, "M0 655 L1280 262", 0.7)
    for i in range(4):
        x, y = 120 + 300 * i, 672 - 80 * i
        s.line("#3a3a4a", 10, f"M{x} {y} v-190 q0 -26 26 -26")
        s.glow(x + 30, y - 204, 60, "#ffd27a", 0.8)
        s.box(x + 16, y - 216, 28, 34, "#ffd166", 8)
    with s.at(620, 442, 1.15, turn=-18):
        s.oval(0, 74, 230, 16, "#3f4350", 0.6)
        s.box(-220, -120, 440, 184, "#d7263d", 34)
        s.box(-220, 20, 440, 22, "#ffffff")
        for x in range(-196, 130, 82):
            s.box(x, -92, 66, 72, "#cfeaf5", 10)
        s.box(138, -92, 68, 96, "#e8f7fc", 12)
        s.disc(206, 36, 12, "#fff2b3")
        for x in (-130, 130):
            s.disc(x, 66, 40, "#23252e")
            s.disc(x, 66, 18, "#b9c0cc")


def lanterns(s: Sheet) -> None:
    s.backdrop("#2a1b4a", "#6b3566", "#e07a5f", top=0, bottom=520)
    s.hills("#3a2450", 470, 430, 460, 420, 450, 440)
    s.backdrop("#8a4560", "#2f1c44", top=520)
    s.ripples("#ffc27a", 525, 640, 60, 0.5)
    hooks = [(60 + i * 146, 140 + 74 * sin(pi * i / 4) + 20 * cos(i)) for i in range(9)]
    s.line("#1c1230", 4, f"M-90 120 L{' L'.join(f'{x} {y}' for x, y in hooks)} L1370 120")
    tints = ("#ffd166", "#ef6f6c", "#7fd1ae", "#f4f1de", "#8ab6f9", "#f79d65")
    for i, (x, hook) in enumerate(hooks):
        tint, size = tints[i % 6], 0.95 + 0.25 * sin(i * 2.1)
        s.glow(x, hook + 40 * size + 50, 170 * size, tint, 0.5)
        with s.at(x, hook + 40 * size, size):
            s.line("#1c1230", 4, "M0 -40 V0")
            s.oval(0, 52, 62, 54, tint)
            for bend in (-34, 0, 34):
                s.line("#ffffff", 3, f"M{bend * 0.5} 2 Q{bend * 1.6} 52 {bend * 0.5} 102", 0.55)
            s.box(-26, -6, 52, 12, "#3a2450", 4)
            s.box(-26, 98, 52, 12, "#3a2450", 4)
            s.line(tint, 4, "M0 110 v28 M-10 110 v20 M10 110 v20")
    s.box(0, 640, WIDTH, 80, "#160e26")
    for i in range(12):
        x, size = 50 + i * 108, 0.8 + 0.25 * s.dice.random()
        with s.at(x, 660, size):
            s.disc(0, -58, 26, "#160e26")
            s.shape("#160e26", "M-34 40 C-34 -70 34 -70 34 40 Z")
            s.line("#160e26", 12, "M16 0 L52 -96")
            s.line("#4a3560", 4, "M52 -96 v-60")
            s.glow(52, -176, 60, tints[i % 6], 0.7)
            s.oval(52, -176, 20, 24, tints[i % 6])


def rooftop_bees(s: Sheet) -> None:
    s.backdrop("#7cc8ef", "#e9f7ff")
    s.disc(180, 130, 70, "#ffe27a")
    s.glow(180, 130, 200, "#fff3c0", 0.7)
    for i in range(15):
        h = 120 + 150 * abs(sin(i * 1.9))
        s.box(i * 90 - 20, 520 - h, 82, h, ("#a9c6da", "#bcd3e2", "#98b8cf")[i % 3])
        for k in range(int(h // 50)):
            s.box(i * 90, 540 - h + k * 46, 14, 20, "#e4f1f8", 2)
            s.box(i * 90 + 28, 540 - h + k * 46, 14, 20, "#e4f1f8", 2)
    s.box(0, 510, WIDTH, 210, "#c97b5a")
    s.box(0, 500, WIDTH, 26, "#e7a07f")
    for x in range(0, WIDTH, 160):
        s.line("#b56a4b", 4, f"M{x} 526 L{x - 90} 720")
    for i, tint in enumerate(("#f4d35e", "#7fb685", "#f7f3e8", "#ef8354")):
        with s.at(210 + i * 236, 470, 1.05):
            s.line("#7a5a44", 14, "M-64 150 v26 M64 150 v26")
            for k in range(3):
                s.box(-84, -30 + k * 62, 168, 58, tint, 6)
                s.box(-24, -10 + k * 62, 48, 12, "#5a4334", 6, alpha=0.5)
            s.box(-98, -58, 196, 30, "#8a6a52", 6)
            s.box(-40, 140, 80, 12, "#3f2f26", 6)
    with s.at(1150, 500):
        s.box(-60, 20, 120, 110, "#8a5a3a", 10)
        s.line("#6b4a2f", 18, "M0 30 V-90")
        for x, y, r in ((0, -170, 92), (-70, -110, 62), (72, -112, 64)):
            s.disc(x, y, r, "#4f9d5a")
        for x, y in ((-60, -120), (10, -210), (60, -140), (-10, -140), (84, -90), (-30, -190)):
            s.disc(x, y, 15, "#d7263d")
    for i in range(13):
        where = 110 + i * 86 + s.dice.uniform(-24, 24), s.dice.uniform(210, 390)
        with s.at(*where, s.dice.uniform(0.7, 1.25), turn=s.dice.uniform(-25, 25), flip=i % 2 == 0):
            s.oval(-6, -18, 18, 13, "#ffffff", 0.85)
            s.oval(12, -18, 15, 11, "#ffffff", 0.85)
            s.oval(0, 0, 27, 18, "#f6b81a")
            s.line("#2b2320", 6, "M-9 -15 v30 M6 -16 v32")
            s.disc(24, -2, 11, "#2b2320")


def night_library(s: Sheet) -> None:
    s.backdrop("#0d1530", "#24325f")
    s.sprinkle("#ffffff", 90, (0, 0, WIDTH, 250), (1, 1.5, 2))
    s.disc(150, 120, 50, "#f4ecd0")
    s.disc(172, 106, 46, "#111a38")
    s.hills("#121b3c", 560, 520, 540, 500, 530, 520)
    s.box(250, 150, 780, 500, "#6d4f4a")
    s.shape("#543a38", "M220 160 L640 40 L1060 160 Z")
    s.box(230, 150, 820, 26, "#86625a")
    s.disc(640, 112, 26, "#f4d58a")
    s.line("#543a38", 4, "M640 112 v-16 M640 112 l12 8")
    for i in range(5):
        x = 286 + i * 146
        s.box(x, 210, 124, 330, "#ffcf7a", 62)
        s.box(x, 300, 124, 250, "#ffcf7a", 6)
        s.glow(x + 62, 400, 120, "#fff0c0", 0.7)
        for shelf in (270, 330, 390):
            s.box(x + 8, shelf, 108, 6, "#9a5f35")
            for k in range(8):
                h = s.dice.uniform(22, 40)
                s.box(
                    x + 12 + k * 13,
                    shelf - h,
                    10,
                    h,
                    s.dice.choice(["#b5483a", "#3f6f8f", "#4f8a5b", "#8a4f7d", "#d98b3f"]),
                    1,
                )
        s.box(x + 8, 490, 108, 10, "#7a4a2c")
        s.disc(x + 56, 446, 19, "#4a2f2a")
        s.shape("#3a4f7a", f"M{x + 26} 490 C{x + 26} 456 {x + 86} 456 {x + 86} 490 Z")
        s.shape("#fffaf0", f"M{x + 34} 488 l24 -12 l24 12 z")
        s.line("#7a4a2c", 4, f"M{x + 106} 490 v-34 l-18 -12")
        s.shape("#3f8f6b", f"M{x + 72} 452 l16 -20 l18 12 z")
    s.box(250, 560, 780, 90, "#5f4440")
    s.box(0, 640, WIDTH, 80, "#0a1024")
    for i in range(5):
        s.shape("#ffcf7a", f"M{286 + i * 146} 650 h124 l40 70 h-204 Z", 0.16)
    for i, tint in enumerate(("#c94f4f", "#4f7fc9", "#e0a94f", "#6fae7a", "#9a6fc0")):
        with s.at(1078 + i * 46, 640 + (i % 2) * 6, 0.8):
            s.line("#0a1024", 16, "M-8 0 v50 M10 0 v50")
            s.shape(tint, "M-28 10 C-30 -70 30 -70 28 10 Z")
            s.disc(0, -74, 22, "#e2ad86")
            s.shape("#2a1f2a", "M-22 -76 a22 22 0 0 1 44 0 q-22 -14 -44 0 Z")


PICTURES = (bakery_pool, listening_room, leaking_pipe, red_bus, lanterns, rooftop_bees, night_library)

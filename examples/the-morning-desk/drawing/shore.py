"""Pictures of the harbour, the coast and the sky above them. Each function draws one story of the sample feed, from back to front."""

from __future__ import annotations

from math import pi, sin

from drawing.pencil import HEIGHT, WIDTH, Sheet


def night_ferry(s: Sheet) -> None:
    s.backdrop("#0f1b3d", "#2b2f6b", "#7a4d8c", top=0, bottom=430)
    s.sprinkle("#ffffff", 70, (0, 0, WIDTH, 260), (1, 1.5, 2))
    s.glow(1010, 130, 190, "#ffe9b8", 0.5)
    s.disc(1010, 130, 54, "#fff3d6")
    s.hills("#1d2250", 380, 330, 360, 300, 340, 320, 370)
    for i in range(24):
        x, h = i * 56 - 20, 40 + 70 * s.dice.random()
        s.box(x, 430 - h, 50, h, "#171b42")
        for _ in range(3):
            s.box(x + s.dice.choice((8, 22, 36)), 430 - h + s.dice.uniform(8, h - 12), 7, 9, "#ffcf70", alpha=0.9)
    s.backdrop("#2c2f68", "#10183a", top=430)
    s.ripples("#8f86c9", 440, HEIGHT, 90, 0.3)
    with s.at(610, 520):
        s.shape("#e9eef7", "M-330 10 H340 L290 80 H-280 Z")
        s.shape("#d1495b", "M-303 48 H313 L290 80 H-280 Z")
        s.box(-250, -60, 470, 70, "#ffffff", 10)
        s.box(-200, -118, 300, 60, "#dfe6f3", 10)
        s.box(-60, -176, 96, 60, "#2f4b8f", 8)
        s.shape("#ffd166", "M-8 -168 l-22 26 h14 l-8 20 l24 -28 h-14 z")
        for x in range(-230, 200, 54):
            s.box(x, -44, 36, 30, "#ffd27a", 6)
        for x in range(-180, 80, 52):
            s.box(x, -104, 34, 28, "#ffe2a3", 6)
        s.line("#e9eef7", 5, "M130 -60 V-150 M130 -150 h36")
        s.glow(150, -150, 60, "#ff7a6b", 0.8)
        s.line("#c9c6ee", 5, "M-360 82 H-240 M-200 88 H220 M270 82 H370", 0.8)
        for x in range(-230, 200, 54):
            for depth in range(4):
                s.line(
                    "#ffd27a",
                    6,
                    f"M{x - 4 + s.dice.uniform(-8, 8)} {104 + depth * 20} h{34 - depth * 5}",
                    0.5 - depth * 0.1,
                )


def _otter(s: Sheet, fur: str, pale: str) -> None:
    """An otter on its back, around its chest."""
    s.oval(90, 18, 190, 52, fur)
    s.oval(80, 4, 150, 36, pale)
    s.shape(fur, "M250 10 C330 -10 390 20 430 60 C370 60 300 60 250 42 Z")
    s.oval(240, -22, 30, 17, fur)
    s.oval(272, 2, 30, 17, fur)
    s.disc(-92, -16, 66, fur)
    s.oval(-104, 6, 46, 34, pale)
    for x, y in ((-140, -62), (-46, -66)):
        s.disc(x, y, 16, fur)
    for x in (-122, -80):
        s.disc(x, -22, 8, "#20151a")
        s.disc(x + 2, -25, 2.6, "#ffffff")
    s.oval(-102, -2, 15, 10, "#20151a")
    for side in (-1, 1):
        for y in (4, 12):
            s.line("#ffffff", 2, f"M{-102 + side * 24} {y} l{side * 44} {(y - 8) * 2}", 0.8)
    s.line(fur, 26, "M10 6 q-14 -34 -44 -26")
    s.line(fur, 26, "M56 2 q-14 -36 -46 -30")


def otters(s: Sheet) -> None:
    s.backdrop("#ffd9a0", "#f7a072", "#c86b6b", top=0, bottom=340)
    s.glow(900, 120, 220, "#fff0c9", 0.8)
    s.disc(900, 120, 76, "#fff4d6")
    for x in range(0, WIDTH, 92):
        s.box(x, 130 + 16 * (x % 3), 88, 300, "#5a3a33", 6)
        s.box(x + 8, 130 + 16 * (x % 3), 10, 300, "#704a40", 4)
        s.disc(x + 44, 190, 7, "#3b2622")
        s.disc(x + 44, 300, 7, "#3b2622")
    s.box(0, 226, WIDTH, 34, "#452b27")
    s.backdrop("#2f7f86", "#174f60", top=340)
    s.ripples("#8ed3cf", 350, HEIGHT, 110, 0.45)
    for x, y, size in ((470, 540, 1.0), (980, 450, 0.5), (240, 420, 0.42)):
        with s.at(x, y, size, flip=x > 900):
            s.oval(60, 70, 330, 34, "#0f3f4e", 0.6)
            _otter(s, "#6b4433", "#d9b491")
            s.line("#c5efe9", 6, "M-190 64 q140 40 300 18 M-120 96 q120 26 240 8", 0.7)


def _kelp(s: Sheet, x: float, height: float, tint: str) -> None:
    sway, leaves = s.dice.uniform(-40, 40), int(height // 42)
    s.line(
        tint,
        9,
        f"M{x} {HEIGHT} C{x + sway} {HEIGHT - height / 3} {x - sway} {HEIGHT - height / 1.6} {x} {HEIGHT - height}",
    )
    for i in range(leaves):
        y, side = HEIGHT - 30 - i * 42, 1 if i % 2 else -1
        away = sway * 0.35 * sin(pi * 2 * (HEIGHT - y) / height)
        with s.at(x + away, y, turn=-18 * side):
            s.shape(tint, f"M0 0 C{side * 30} -34 {side * 70} -26 {side * 96} -6 C{side * 66} 10 {side * 30} 12 0 0 Z")


def seafloor_robot(s: Sheet) -> None:
    s.backdrop("#4fc3c7", "#1b7f92", "#0b3d57")
    for x in (180, 420, 700, 1000):
        s.shape("#ffffff", f"M{x} 0 h90 L{x + 10} 720 h-190 Z", 0.06)
    s.hills("#0d4a5c", 610, 570, 620, 560, 600, 590)
    for x in range(-10, 520, 52):
        _kelp(s, x, s.dice.uniform(300, 600), s.dice.choice(["#1f6b4a", "#2b8a56", "#175a46"]))
    for x in range(930, 1300, 60):
        _kelp(s, x, s.dice.uniform(240, 520), s.dice.choice(["#1f6b4a", "#2b8a56", "#175a46"]))
    s.hills("#c9a66b", 680, 660, 690, 665, 685, 670)
    s.shape("#fff6c2", "M560 400 L-40 230 V660 Z", 0.13)
    s.shape("#fff6c2", "M560 400 L-40 290 V590 Z", 0.16)
    with s.at(700, 360):
        s.box(-120, -92, 250, 170, "#f6c431", 34)
        s.box(-120, 0, 250, 30, "#e0a51f")
        s.line("#3a3f4a", 14, "M-40 -92 v-26 h90 v26")
        s.disc(-112, -14, 46, "#2d3440")
        s.disc(-112, -14, 33, "#7fd6e6")
        s.disc(-122, -26, 10, "#ffffff")
        s.glow(-150, 50, 70, "#fff7c9", 0.9)
        s.line("#59616e", 14, "M-70 80 q-20 50 -70 46 M60 80 q10 50 60 50")
        s.line("#59616e", 10, "M-140 126 l-26 -14 M-140 126 l-24 18")
        s.box(130, -40, 34, 66, "#2d3440", 8)
        s.oval(182, -7, 12, 46, "#9fb2bd")
    for x, y, size, tint in (
        (880, 190, 1.0, "#ff9f5a"),
        (990, 250, 0.7, "#ffd166"),
        (820, 560, 0.8, "#ff9f5a"),
        (300, 130, 0.8, "#ffd166"),
    ):
        with s.at(x, y, size):
            s.shape(tint, "M-60 0 C-20 -40 30 -34 56 0 C30 34 -20 40 -60 0 Z M-50 0 L-90 -28 V28 Z")
            s.disc(32, -8, 5, "#20303a")
    s.sprinkle("#ffffff", 26, (620, 60, 860, 250), (3, 5, 8))


def rowing_crew(s: Sheet) -> None:
    s.backdrop("#58c1c4", "#2f8fae", "#1f6c93")
    s.ripples("#d9fbf6", 0, HEIGHT, 120, 0.4)
    with s.at(640, 370, 1.12, turn=-18):
        for side in (-1, 1):
            for k in range(4):
                s.line(
                    "#ffffff",
                    5,
                    f"M{-500 - k * 34} {side * (14 + k * 16)} q-60 {side * 10} -130 {side * (26 + k * 4)}",
                    0.7 - k * 0.12,
                )
        s.shape("#12435c", "M-560 26 C-300 64 300 64 580 22 C300 -14 -300 -14 -560 26 Z", 0.4)
        for i in range(8):
            x, side = -330 + i * 84, 1 if i % 2 else -1
            s.line("#f7efe0", 8, f"M{x + 20} {side * 18} L{x - 56} {side * 196}")
            s.line("#d1495b", 22, f"M{x - 47} {side * 176} l-15 {side * 34}")
            s.glow(x - 60, side * 200, 52, "#ffffff", 0.6)
        s.shape("#f4b942", "M-570 0 C-300 -44 330 -44 590 0 C330 44 -300 44 -570 0 Z")
        s.shape("#a86d1c", "M-440 0 C-240 -27 280 -27 440 0 C280 27 -240 27 -440 0 Z")
        for i in range(8):
            x, side = -330 + i * 84, 1 if i % 2 else -1
            s.oval(x, 0, 25, 34, "#1f4e79" if i % 2 else "#2b659a")
            s.line("#efc3a0", 13, f"M{x} {side * 26} L{x + 16} {side * 44} M{x} {-side * 20} L{x + 20} {side * 22}")
            s.disc(x + 4, 0, 19, ("#e8e8ec", "#cfd2da", "#f3f3f5", "#b9bcc6")[i % 4])
        s.oval(390, 0, 24, 30, "#d1495b")
        s.disc(388, 0, 18, "#f3f3f5")
    with s.at(1130, 120):
        s.disc(0, 0, 46, "#0f4f6d", 0.5)
        s.disc(-6, -8, 42, "#ff6b4a")
        s.disc(-6, -8, 26, "#ffe0c7")
        s.disc(-6, -8, 12, "#ff6b4a")


def fireball(s: Sheet) -> None:
    s.backdrop("#07142e", "#123a5a", "#2f6f73")
    s.sprinkle("#ffffff", 150, (0, 0, WIDTH, 440), (1, 1.4, 2.2))
    s.shape("#7dffb0", "M60 60 L872 318 A46 46 0 0 1 838 396 Z", 0.22)
    s.shape("#b6ffd2", "M260 128 L862 322 A36 36 0 0 1 836 380 Z", 0.5)
    s.glow(850, 352, 270, "#8dffb5", 0.75)
    s.glow(850, 352, 120, "#f4ffe9", 1.0)
    s.disc(852, 352, 38, "#ffffff")
    s.sprinkle("#d8ffe6", 24, (420, 170, 800, 330), (2, 3, 4))
    s.hills("#0e3040", 520, 470, 500, 450, 500, 480)
    s.hills("#0a222c", 570, 560, 540, 570, 545, 560)
    with s.at(250, 520):
        s.box(-90, -64, 180, 100, "#06161d")
        s.shape("#041015", "M-116 -58 L0 -140 L116 -58 Z")
        s.box(-56, -34, 34, 36, "#ffd27a", 3)
        s.box(20, -34, 34, 36, "#ffd27a", 3)
    for row in range(7):
        y, size = 596 + row * row * 3.1, 0.35 + row * 0.14
        for i in range(-1, 15):
            x = 640 + (i - 7) * (60 + row * 34) + 20 * (row % 2)
            with s.at(x, y, size):
                s.line("#1f7a58", 9, "M0 0 C-4 -30 -24 -44 -36 -60 M0 0 C0 -30 0 -54 0 -74 M0 0 C4 -30 24 -44 36 -60")
                s.line("#d9f5df", 11, "M0 4 v18")


def seagrass(s: Sheet) -> None:
    s.backdrop("#bfe9f2", "#fff1cf", top=0, bottom=330)
    s.glow(960, 190, 260, "#fff6cf", 0.9)
    s.disc(960, 190, 62, "#ffe08a")
    s.box(0, 300, WIDTH, 40, "#5fb3c4")
    s.hills("#7fa67a", 304, 270, 300, 304, 304, 304)
    s.backdrop("#cdb28a", "#94724f", top=336)
    for x, y, w in ((200, 400, 260), (860, 380, 340), (620, 470, 220), (1130, 540, 300), (120, 600, 300)):
        s.oval(x, y, w / 2, w / 14, "#9fd4de", 0.75)
    for i in range(11):
        where = 60 + i * 118 + s.dice.uniform(-20, 20), 372 + s.dice.uniform(-6, 22)
        coat = s.dice.choice(["#e4572e", "#2e86ab", "#f3a712", "#5b8e7d", "#7b4b94"])
        with s.at(*where, s.dice.uniform(0.55, 0.8), flip=i % 2 == 0):
            s.line("#3b3a4a", 13, "M-10 0 L-6 40 M12 0 L10 40")
            s.shape(coat, "M-26 6 C-30 -40 -6 -66 22 -60 C40 -52 30 -10 26 6 Z")
            s.line(coat, 13, "M20 -44 L48 -4")
            s.disc(38, -70, 16, "#e8b48f")
            s.shape("#f7e2a5", "M14 -78 q24 -26 50 0 z")
            s.box(44, 0, 24, 26, "#c33c54", 4)
    for row in range(6):
        y, size = 470 + row * 48, 0.5 + row * 0.26
        for i in range(-8, 9):
            with s.at(640 + i * (74 + row * 44) + 18 * (row % 2), y, size):
                s.oval(0, 4, 26, 7, "#6f5237", 0.6)
                for bend, tint in ((-26, "#3f8f4f"), (0, "#57b55f"), (24, "#2f7a45")):
                    s.line(tint, 7, f"M0 2 C{bend * 0.1} -24 {bend} -40 {bend * 1.3} -{62 - abs(bend) * 0.4}")


def lighthouse(s: Sheet) -> None:
    s.backdrop("#1d2b5a", "#8a5a8f", "#f6a56b", top=0, bottom=520)
    s.sprinkle("#ffffff", 40, (0, 0, WIDTH, 180), (1, 1.5, 2))
    s.shape("#fff3b8", "M860 176 L-40 20 V250 Z", 0.5)
    s.shape("#fff3b8", "M860 176 L1320 70 V250 Z", 0.32)
    s.backdrop("#4a6d9a", "#16305a", top=500)
    s.ripples("#ffcf9a", 505, HEIGHT, 80, 0.5)
    s.shape("#2b2238", "M560 720 C600 600 700 560 740 520 C800 500 960 500 1010 530 C1100 580 1200 600 1290 640 V720 Z")
    s.shape("#3b2f4a", "M640 720 C680 620 740 560 770 530 C830 515 930 515 980 536 C1040 580 1100 640 1120 720 Z")
    s.shape("#f7f1e8", "M800 530 L824 220 H896 L920 530 Z")
    for top, bottom in ((280, 340), (400, 462)):
        wide, wider = ((y - 220) * 24 / 310 for y in (top, bottom))
        s.shape("#d1495b", f"M{824 - wide} {top} H{896 + wide} L{896 + wider} {bottom} H{824 - wider} Z")
    s.shape("#1d1430", "M872 220 H896 L920 530 H884 Z", 0.16)
    s.box(806, 206, 108, 18, "#3a3346", 4)
    s.box(830, 150, 60, 58, "#fff6cf", 6)
    s.glow(860, 178, 190, "#fff3b8", 0.95)
    s.shape("#b23a4b", "M818 152 Q860 96 902 152 Z")
    s.box(846, 478, 30, 52, "#4a3a3a", 12)
    s.box(852, 360, 18, 28, "#4a3a5a", 8)
    s.box(950, 470, 120, 70, "#f0e4d4")
    s.shape("#8f3f4a", "M936 474 L1010 424 L1086 474 Z")
    s.box(990, 492, 28, 30, "#ffd27a", 4)
    for x, y, w in ((240, 250, 1.0), (330, 300, 0.7), (180, 320, 0.6)):
        with s.at(x, y, w):
            s.line("#2b2238", 6, "M-40 0 Q-20 -24 0 0 Q20 -24 40 0")


def tide_mill(s: Sheet) -> None:
    s.backdrop("#9ed7e5", "#f3efd2", top=0, bottom=420)
    s.disc(1090, 120, 58, "#fff3c0")
    s.hills("#8db58a", 360, 320, 350, 310, 345, 330, 350)
    s.backdrop("#3e9fb3", "#1c6580", top=410)
    s.box(700, 250, 580, 190, "#e3cfae")
    for i, tint in enumerate(("#d7263d", "#f4d35e", "#2e86ab", "#57a773")):
        x = 720 + i * 140
        for k in range(4):
            s.shape(tint if k % 2 else "#ffffff", f"M{x + k * 32} 250 h32 v46 a16 16 0 0 1 -32 0 Z")
        s.box(x, 370, 128, 70, "#8a6244", 4)
        for k in range(4):
            s.oval(x + 20 + k * 30, 366, 17, 8, "#b9c9d6")
    s.line("#4a4038", 4, "M690 220 Q840 262 980 222 Q1130 190 1290 226")
    for i in range(10):
        x = 706 + i * 64
        s.glow(x, 250 + 8 * sin(i * 1.4), 42, "#ffd76b", 0.95)
        s.disc(x, 250 + 8 * sin(i * 1.4), 10, "#fff2b8")
    s.box(60, 150, 320, 340, "#b9a48c")
    for row in range(9):
        for column in range(5):
            s.box(64 + column * 60 + (row % 2) * 20, 156 + row * 36, 52, 30, "#c7b49e", 5)
    s.shape("#7a4438", "M30 160 L220 50 L410 160 Z")
    for x, y in ((110, 220), (250, 220)):
        s.box(x, y, 54, 66, "#3f5866", 27)
    s.box(360, 400, 340, 60, "#a08d78")
    s.box(620, 380, 80, 340, "#8f7d69")
    s.box(0, 440, 120, 280, "#8f7d69")
    with s.at(410, 470):
        for k in range(12):
            with s.at(0, 0, turn=30 * k + 8):
                s.box(-12, -214, 24, 66, "#a4662f", 4)
                s.line("#7a4a22", 9, "M0 0 V-190")
        s.line("#5f3818", 16, "M0 -176 A176 176 0 1 1 -0.1 -176 Z")
        s.line("#8a5528", 12, "M0 -112 A112 112 0 1 1 -0.1 -112 Z")
        s.disc(0, 0, 34, "#3f3a3a")
        s.disc(0, 0, 14, "#d9cbb5")
    s.shape("#2a8299", "M120 560 C260 520 420 610 620 560 V720 H120 Z", 0.88)
    s.box(620, 540, 80, 180, "#8f7d69")
    s.ripples("#d4f4f4", 560, HEIGHT, 70, 0.55)
    for x, y in ((230, 650), (520, 670), (900, 600)):
        with s.at(x, y):
            s.shape("#f2a65a", "M-40 0 C-14 -24 20 -22 38 0 C20 22 -14 24 -40 0 Z M-34 0 L-62 -18 V18 Z")
            s.disc(22, -5, 4, "#20303a")


PICTURES = (night_ferry, otters, seafloor_robot, rowing_crew, fireball, seagrass, lighthouse, tide_mill)

"""Two notes: music, concerts, festivals."""

from __future__ import annotations

import skia

from producer.render.brushes import polygon
from producer.render.cards.motifs.easel import Easel, fill, line

KEYWORDS = (
    "music*", "song*", "concert*", "band", "bands", "orchestra*", "opera*", "festival*", "sing*", "singer*", "listen*", "record",
    "records", "piano*", "guitar*", "dance*", "radio", "sound*", "músic*", "canción*", "canciones", "concierto*", "baile*", "音乐", "歌",
    "演唱会", "乐队", "舞", "موسيقى", "أغنية", "حفل", "مهرجان",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for y in (-0.56, -0.28, 0.0, 0.28, 0.56):
        line(canvas, [(-0.96 + abs(y) * 0.3, y + 0.06), (0.96 - abs(y) * 0.3, y - 0.06)], easel.soft, 0.022)
    for x, y in ((-0.46, 0.52), (0.40, 0.36)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(-20)
        head = skia.Path()
        head.addOval(skia.Rect.MakeLTRB(-0.27, -0.20, 0.27, 0.20))
        fill(canvas, easel, head, easel.bright, 0.06)
        canvas.restore()
    for x, top, foot in ((-0.245, -0.64, 0.46), (0.615, -0.80, 0.30)):
        line(canvas, [(x, top), (x, foot)], easel.bright, 0.09)
    fill(canvas, easel, polygon((-0.29, -0.70), (0.66, -0.88), (0.66, -0.62), (-0.29, -0.44)), easel.bright, 0.04)

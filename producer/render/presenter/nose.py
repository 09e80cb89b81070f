"""The nose: a soft side shadow, the wings, and light on the tip."""

from __future__ import annotations

import skia

from producer.render.presenter.look import Look
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import Pose


class NosePainter:
    """Drawn flat around the tip; the tip itself stands out and so slides further when the head turns."""

    def __init__(self, look: Look, brush: Brush) -> None:
        self._wide = 0.86 + 0.36 * look.nose
        self._side = brush.fade((2, 0, 13, 2), "skin-shade", (0.55, 0.0))
        self._under = brush.glow(0, 0, 12, "skin-deep", 0.34)
        self._wings = brush.line("skin-deep", 1.9, 0.62)
        self._light = brush.glow(0, 0, 6.5, "skin-light", 0.55)

    def draw(self, canvas: skia.Canvas, pose: Pose) -> None:
        out = 0.22 * pose.yaw
        wide = self._wide
        side = skia.Path()
        side.moveTo(4, -30)
        side.cubicTo(3 + out * 0.5, -16, 6 + out, -8, 11 * wide + out, 3)
        side.cubicTo(8 + out, 8, 3 + out, 8, out, 7)
        side.cubicTo(4 + out, 0, 2, -14, 4, -30)
        side.close()
        canvas.drawPath(side, self._side)
        canvas.save()
        canvas.translate(out, 8)
        canvas.scale(1.15 * wide, 0.42)
        canvas.drawCircle(0, 0, 12, self._under)
        canvas.restore()
        wings = skia.Path()
        wings.moveTo(-11.2 * wide + out, 1.5)
        wings.cubicTo(-12 * wide + out, 7.2, -6.5 * wide + out, 8.2, -3.8 + out, 6.4)
        wings.cubicTo(-1.8 + out, 8.8, 1.8 + out, 8.8, 3.8 + out, 6.4)
        wings.cubicTo(6.5 * wide + out, 8.2, 12 * wide + out, 7.2, 11.2 * wide + out, 1.5)
        canvas.drawPath(wings, self._wings)
        canvas.save()
        canvas.translate(out * 1.3 - 1.2, -1.5)
        canvas.drawCircle(0, 0, 6.5, self._light)
        canvas.restore()

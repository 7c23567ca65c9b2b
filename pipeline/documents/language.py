"""Which language a text is in, by its most frequent words: enough to warn, not to decide."""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 20_000  # characters looked at
MIN_WORDS = 6  # with fewer, nothing is said against French
MIN_SHARE = 0.12  # share of frequent words below which a text is taken for no known language

_WORDS = {
    "fr": "le la les l d de du des un une et à au aux en dans par pour sur avec que qui ne pas se s est sont a ont il "
    "elle ils ce cette ces son sa ses leur leurs qu n plus été être selon mais ou où après contre entre",
    "en": "the of and to in a is that for on was with as by it at from has have are be this an his their which will "
    "not but were its he they said who been",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über",
    "es": "el la los las de del que y en un una por con para se no es al lo como más su sus fue ha este esta pero son "
    "entre sobre también desde hasta según",
    "it": "il lo la gli i le di del della dei delle che e in un una per con non si è al alla da dal come più ha sono "
    "anche nel nella questo ma dopo",
    "pt": "o a os as de do da dos das que e em um uma para com não no na nos nas por mais se ao como foi é são pelo "
    "pela também mas seu sua",
    "nl": "de het een en van in is dat op te zijn voor met niet aan er om door als ook bij naar uit maar heeft worden "
    "wordt over nog",
    "ro": "și în la cu de pe pentru care din a au este sunt nu mai că fost să prin după o un al ale lui",
}
_FREQUENT = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "zh": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
}
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of a text's language, or `und` when no known one fits.

    Only the first `SAMPLE` characters are read. A text of a few words is French unless something speaks against it.
    Russian stands for all Cyrillic, Chinese for all East Asian writing.

    Examples:
        >>> detect_language("La Russie livre des S-400 à l'Iran."), detect_language("The army has moved to the border.")
        ('fr', 'en')
    """
    sample = text[:SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    for language, script in _SCRIPTS.items():
        if len(script.findall(sample)) > 0.5 * letters > 0:
            return language
    words = Counter(_WORD.findall(sample.lower()))
    total = words.total()
    hits = {language: sum(words[word] for word in known) for language, known in _FREQUENT.items()}
    best = max(hits, key=lambda language: (hits[language], language == "fr"))
    if total < MIN_WORDS:
        return "fr" if hits["fr"] >= hits[best] and letters else "und"
    # French shares « la », « a », « un » with its neighbours: another language has to win clearly.
    if hits["fr"] >= MIN_SHARE * total and hits[best] <= 1.25 * hits["fr"]:
        return "fr"
    return best if hits[best] >= MIN_SHARE * total else "und"

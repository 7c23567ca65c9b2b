"""Bytes to French-like text: most bytes are a fragment that opens a rule, some are characters that break readers."""

from __future__ import annotations

FRAGMENTS = """La Russie| a livré| des S-400| à l'Iran|.| Selon Kiev,| «| »| "| Nous ne paierons pas|, a dit| le ministre
| russe| M. Poutine| qui| que| qu'| aurait| pourrait| n'| ne| pas| d'| acheter| dix-huit Rafale| 2,5 milliards d'euros
| en mai 2023| et| (| )| l'OTAN| ses| Emmanuel Macron| accuse| les deux pays| ses alliés|,|;| :| !| ?| …| —| -|-|'|’| il
| elle| -t-il| dit-on| citant| de| du| des| la| le| par| pour| contre| avec| Paris| Athènes| Moscou| l'Alliance| le pays
| Bien que| si| s'il| avant de préciser que| prêt à| sa volonté de| l'annonce par Paris de| informations selon lesquelles
| C'est ce qu'a déclaré| a été livré| ont été détruits par| vend| livre| fait savoir| des chars| un drone de type| Kh-101
| le missile Bolide| avions de combat| la société Xara Motors| l'Organisation des chars (ODC)| ODC| Jean Dupont| Dupont
| le général| Kim Jong-un| la ville de Bampur, en Syrie| ministère de la Défense| En Turquie,| l'armée| de l'air| notamment
| tel que| dont| ni| l'un de| la plupart de| leurs armées| plus de| 36| 1 500| un| entre 2 et 3| le 3 mai 2021| lundi
| en 2021-2022| depuis 2014| mardi dernier| 12 h| 5 %| $3.5 billion| 1er| le 2 ou le 3 mai| fin 2016| 500 km| Corée du Sud
| le Nord| Bruxelles| sino-russe| s'est| serait| Notons que| faire| laisser| être| ce que| où| lorsque| d'ici à 2030"""
_PLAIN = FRAGMENTS.replace("\n", "").split("|")
_HOSTILE = [
    "\n", "\n\n", "\r\n", "\t", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ud800", "\udfff", "e\u0301", "\u0301",
    "\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\u00a0", "\u202f", "😀", "“", "”", "[", "]", "ﬁ", "İ", "ß", "ǆ", "Ⓐ", "²",
    "\U0010ffff", "中", "ع", "x" * 450, "=1+1", "![]() |", "1" * 40, "\u2011", "&amp;", "</p>", "\ufffd", "A", "é", "s",
]  # fmt: skip
UNITS = [*_PLAIN, *_HOSTILE]
_CODE_POINT = 255  # the next three bytes are a code point of their own
_AGAIN = 254  # the last fragment, as often as the next byte says
LONGEST = 4000  # characters


def text_of(data: bytes) -> str:
    """The text that some bytes stand for; any bytes stand for one."""
    out = [""]
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if byte == _CODE_POINT:
            out.append(chr(int.from_bytes(data[at : at + 3], "big") % 0x110000))
            at += 3
        elif byte == _AGAIN:
            out.append(out[-1] * min(sum(data[at : at + 1]), LONGEST // max(len(out[-1]), 1)))
            at += 1
        else:
            out.append(UNITS[byte % len(UNITS)])
    return "".join(out)[:LONGEST]

"""Japanese to Latin: kana by Hepburn, surnames and given names by their readings."""

import re
from collections.abc import Mapping

KANA = re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff]+")

_ROWS = (
    ("あいうえお", "a i u e o"),
    ("かきくけこ", "ka ki ku ke ko"),
    ("がぎぐげご", "ga gi gu ge go"),
    ("さしすせそ", "sa shi su se so"),
    ("ざじずぜぞ", "za ji zu ze zo"),
    ("たちつてと", "ta chi tsu te to"),
    ("だぢづでど", "da ji zu de do"),
    ("なにぬねの", "na ni nu ne no"),
    ("はひふへほ", "ha hi fu he ho"),
    ("ばびぶべぼ", "ba bi bu be bo"),
    ("ぱぴぷぺぽ", "pa pi pu pe po"),
    ("まみむめも", "ma mi mu me mo"),
    ("やゆよ", "ya yu yo"),
    ("らりるれろ", "ra ri ru re ro"),
    ("わゐゑをん", "wa i e o n"),
    ("ゔ", "vu"),
)
_KANA = {
    sign: latin
    for signs, readings in _ROWS
    for sign, latin in zip(signs, readings.split(), strict=True)
}
_SMALL_SPELT = "ya yu yo a i u e o"
_SMALL = dict(zip("ゃゅょぁぃぅぇぉ", _SMALL_SPELT.split(), strict=True))
_DOUBLING, _LONG = "っ", "ー"
_KATAKANA = {ord("ァ") + n: ord("ぁ") + n for n in range(0x56)}
_PARTED = re.compile("[\u30fb\uff65\uff1d=\u30a0]")
"""What stands between the words of a foreign name."""
_LONG_VOWEL = re.compile("ou|oo|uu")


def kana(run: str) -> str:
    """Kana by Hepburn, long vowels short as in passports: しゅういち is `shuichi`."""
    out: list[str] = []
    double = False
    for sign in run.translate(_KATAKANA):
        if sign == _DOUBLING:
            double = True
            continue
        if sign in _SMALL and out:
            out[-1] = _joined(out[-1], _SMALL[sign])
            continue
        latin = _KANA.get(sign, "")
        if double and latin:
            latin = ("t" if latin.startswith("ch") else latin[0]) + latin
            double = False
        out.append(latin)
    return _LONG_VOWEL.sub(lambda match: match[0][0], "".join(out))


def _joined(before: str, small: str) -> str:
    """A sign with a small vowel behind it: きゃ `kya`, しゃ `sha`, ファ `fa`."""
    stem = before[:-1]
    if len(small) == 2 and stem.endswith(("sh", "ch", "j")):
        return stem + small[1]
    return stem + small


def japanese(text: str, surnames: Mapping[str, str], given: Mapping[str, str]) -> str:
    """A person's name read in Japanese, or '' if nothing shows that it is Japanese.

    Kana do, and so does a surname of two characters that no Chinese bears. Words
    neither table knows are left as they are.
    """
    words = _PARTED.sub(" ", text).split()
    kanji = [word for word in words if not KANA.search(word)]
    names = [_whole(word, surnames, given) for word in kanji]
    if len(kanji) == len(words) and not any(
        name and len(word) > 1 for word, name in zip(kanji, names, strict=True)
    ):
        return ""
    return " ".join(_word(word, surnames, given) for word in words)


def _whole(word: str, surnames: Mapping[str, str], given: Mapping[str, str]) -> str:
    """A word that is a surname, or a surname with a given name behind it."""
    if len(word) > 1 and word in surnames:
        return surnames[word]
    for length in (3, 2):
        last, first = word[:length], word[length:]
        if first and last in surnames:
            return f"{surnames[last]} {given.get(first) or first}"
    return ""


def _word(word: str, surnames: Mapping[str, str], given: Mapping[str, str]) -> str:
    if found := KANA.fullmatch(word):
        return kana(found[0])
    if whole := _whole(word, surnames, given):
        return whole
    if known := given.get(word) or surnames.get(word):
        return known
    # 久美子 may be written くみ子: kana with a last character of its own.
    return "".join(
        kana(part) if KANA.match(part) else given.get(part) or _LAST.get(part, part)
        for part in _PARTS.findall(word)
    )


_PARTS = re.compile(KANA.pattern + "|[^\u3041-\u30ff]+")
_LAST_SPELT = "ko mi yo e e e ka na no o o o ro ichi ji suke ta ya to hiko hei"
_LAST = dict(
    zip("子美代江恵枝香奈乃男夫雄郎一二介太也人彦平", _LAST_SPELT.split(), strict=True)
)
"""How the last character of a given name is read behind kana."""

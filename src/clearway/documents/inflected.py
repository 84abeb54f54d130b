"""Words of Slavic and Greek texts without the ending of their case.

`Путина`, `Путину` and `Путиным` are all of Putin. Only words written in Cyrillic or
Greek letters are read so: in Latin letters `Putina` is his daughter.
"""

from clearway.names.script import scripts_in

_CYRILLIC = (
    *("iyami", "yami", "ami", "ogo", "ego", "omu", "emu", "oyu", "eyu", "ova"),
    *("om", "em", "ym", "im", "oy", "ey", "oi", "ei", "yu", "ya", "yi", "ij"),
    *("a", "u", "e", "y", "i"),
)
_BACK = {"ogo": ("iy", "yy", "oy"), "ego": ("iy",), "omu": ("iy", "yy", "oy")}
_BACK |= {"emu": ("iy",), "ym": ("", "iy", "yy"), "im": ("iy", "y"), "oy": ("a", "aya")}
_BACK |= {"ya": ("y",), "yu": ("y", "ya"), "em": ("y", ""), "e": ("a", "")}
_BACK |= {"u": ("a", ""), "i": ("a", "y", "ya"), "y": ("a", ""), "ey": ("a", "y")}
_BACK |= {"oyu": ("aya", "a")}
_GREEK = {"ou": ("os", "is"), "o": ("os",), "i": ("is",), "a": ("as",), "on": ("os",)}
_LEAST = 4


def uninflected(form: str, written: str) -> tuple[str, ...]:
    """Words that a folded word may be a case of, itself not among them."""
    scripts = scripts_in(written)
    if "Cyrl" in scripts:
        return _without(form, _CYRILLIC, _BACK)
    if "Grek" in scripts:
        return _without(form, tuple(_GREEK), _GREEK)
    return ()


def _without(
    form: str, endings: tuple[str, ...], back: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for ending in endings:
        stem = form.removesuffix(ending)
        if len(stem) < len(form) and len(stem) >= _LEAST:
            for restored in back.get(ending, ("",)):
                out[stem + restored] = None
    out.pop(form, None)
    return tuple(out)

"""A party or an entity in comparable form."""

from dataclasses import dataclass

from clearway.model import Entity, Kind, PartialDate, Party, Problem, Quality
from clearway.names import countries, identifiers
from clearway.names.analyse import NameForm, analyse
from clearway.names.fold import fold


@dataclass(frozen=True, slots=True)
class Number:
    """An identifier: its type (may be ''), comparable form, and as it was written."""

    type: str
    normal: str
    written: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be compared. Empty means unknown, which neither agrees nor contradicts.

    `countries` are ISO alpha-2 codes of any tie; `places` birth places, folded;
    `gender` is `m`, `f` or ''.
    """

    kind: Kind
    names: tuple[NameForm, ...]
    births: tuple[PartialDate, ...] = ()
    countries: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    gender: str = ""


def of_party(party: Party) -> tuple[Subject, tuple[Problem, ...]]:
    """What the user asks about; what cannot be understood comes back beside it."""
    problems: list[Problem] = []
    kind = _kind(party, problems)
    births = _births(party, problems)
    codes = set()
    for text in party.countries:
        if not text or not text.strip():
            continue
        if code := countries.code(text):
            codes.add(code)
        else:
            message = "country not recognised: give an ISO code or an English name"
            problems.append(Problem("bad_country", message, "", "countries", text))
    names = [party.name, *(alias for alias in party.aliases if alias.strip())]
    subject = Subject(
        kind=kind,
        names=tuple(analyse(name, kind) for name in names),
        births=births,
        countries=frozenset(codes),
        places=(fold(party.birth_place),) if party.birth_place else (),
        numbers=_numbers(party, problems),
        gender=_gender(party.gender or ""),
    )
    return subject, tuple(problems)


def of_entity(
    entity: Entity, *, named: bool = True, quality: Quality | None = None
) -> Subject:
    """What a list names; without its names where those were compared already.

    `quality` leaves only the names its publisher holds to be of this quality.
    """
    texts = [
        name.text for name in entity.names if quality in (None, name.quality) and named
    ]
    genders = [d.value for d in entity.details if d.key == "gender"]
    return Subject(
        kind=entity.kind,
        names=tuple(analyse(text, entity.kind) for text in dict.fromkeys(texts)),
        births=tuple(birth.date for birth in entity.births if birth.date),
        countries=ties(entity),
        places=tuple(fold(birth.place) for birth in entity.births if birth.place),
        numbers=tuple(
            Number(fact.type, normal, fact.value)
            for fact in entity.identifiers
            if (normal := identifiers.normal(fact.type, fact.value))
        ),
        gender=_gender(genders[0]) if genders else "",
    )


def ties(entity: Entity) -> frozenset[str]:
    """The codes of all countries that a listed entity has to do with."""
    codes = {country.code for country in entity.countries}
    codes.update(birth.country for birth in entity.births)
    codes.update(address.country for address in entity.addresses)
    return frozenset(codes - {""})


def kind_of(party: Party) -> Kind:
    """The kind a party is said to be; a word we do not know is any kind."""
    word = str(party.kind or "any").strip().lower()
    return Kind(word) if word in set(Kind) else Kind.ANY


def _kind(party: Party, problems: list[Problem]) -> Kind:
    word = str(party.kind or "any").strip().lower()
    kind = kind_of(party)
    if kind != word:
        choices = ", ".join(Kind)
        message = f"kind not known, taken as any: use one of {choices}"
        problems.append(Problem("bad_kind", message, "", "kind", word))
    return kind


def _births(party: Party, problems: list[Problem]) -> tuple[PartialDate, ...]:
    if not party.birth_date or not str(party.birth_date).strip():
        return ()
    try:
        return (PartialDate.parse(str(party.birth_date)),)
    except ValueError:
        message = "birth date not understood: write it as 1952-10-07, 1952-10 or 1952"
        text = str(party.birth_date)
        problems.append(Problem("bad_date", message, "", "birth_date", text))
        return ()


def _numbers(party: Party, problems: list[Problem]) -> tuple[Number, ...]:
    out = []
    for kind, value in party.identifiers:
        kind = kind.strip().lower()
        normal = identifiers.normal(kind, value)
        if len(normal) >= identifiers.MIN_LENGTH:
            out.append(Number(kind, normal, value))
        elif value.strip():
            message = (
                f"identifier shorter than {identifiers.MIN_LENGTH} characters: "
                "too short to be compared"
            )
            problems.append(Problem("bad_identifier", message, "", kind, value))
    return tuple(out)


def _gender(text: str) -> str:
    first = text.strip().lower()[:1]
    return {"m": "m", "f": "f", "w": "f", "м": "m", "ж": "f", "男": "m", "女": "f"}.get(
        first, ""
    )

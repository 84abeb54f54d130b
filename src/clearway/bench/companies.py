"""Real companies, few of them listed: false alerts, with the true ones judged apart.

A sample of real companies holds some that really are on a list; their alerts are right.
An alert is judged by a fixed rule that knows nothing of scores (`judged`), and whatever
the rule says is printed with both names, so that a person can judge again.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from clearway.bench.measures import share
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import Row, Setting, alerts
from clearway.model import Entity, Party
from clearway.screen.screening import Screening

_FORM_WORDS = (
    "ab ad ag and ao aktiengesellschaft anonima as asa bhd bv co comp company "
    "corp corporation cjsc cv doo eood fzc fzco fze fzllc gesellschaft gmbh inc "
    "incorporated joint jsc kft kg lda limitada limited limitee llc llp lp ltd "
    "ltda mbh nv oao of ojsc ooo oy oyj pao pjsc plc private pt pte pty public "
    "pvt sa sae sal sarl sas sdn se sl snc sociedad societe sp spa spol srl sro "
    "stock the tov uab zao zrt"
)
_FORMS = frozenset(_FORM_WORDS.split())
"""Words that say what sort of company it is, not which."""
_BRACKET = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+")


class Judgement(StrEnum):
    """What the rule says of an alert."""

    LISTED = "truly listed"
    UNSURE = "same words, country differs or is unknown"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class _Alert:
    row: Row
    screening: Screening
    judgement: Judgement
    entity: Entity
    spelling: str


def run(setting: Setting) -> Part:
    """The share of companies that alert without being listed."""
    rows = setting.rows("lei_companies")
    part = Part("lei", f"{len(rows):,} companies with a legal entity identifier")
    parties = [_party(row) for row in rows]
    found: list[_Alert] = []
    answers = setting.checked(parties, "asking companies")
    for row, answer in zip(rows, answers, strict=True):
        if alerts(answer):
            found.append(_judged(row, answer))
    for judgement, name, what in (
        (Judgement.FALSE, "false", "false alerts"),
        (Judgement.LISTED, "listed", "truly listed, rightly found"),
        (Judgement.UNSURE, "unsure", "same words, country differs or unknown"),
    ):
        here = [alert for alert in found if alert.judgement is judgement]
        part.measure(name, what, share(len(here), len(rows)), "share", len(rows))
        part.tables.append(_table(judgement, here))
    part.measure("all", "all alerts", share(len(found), len(rows)), "share", len(rows))
    part.notes.append(
        "truly listed: the entity's identifier is the company's LEI, or one of its "
        "spellings has the same words (without case, marks, word order, brackets and "
        "legal forms) and it is tied to the company's country. The rule sees no score."
    )
    return part


def _party(row: Row) -> Party:
    country = (row["country"],) if row["country"] else ()
    return Party(row["name"], kind="organization", countries=country)


def _judged(row: Row, screening: Screening) -> _Alert:
    """The kindest judgement that any hit of an alert earns."""
    best: _Alert | None = None
    order = list(Judgement)
    for hit in screening.hits:
        judgement, spelling = judged(row, hit.entity)
        if best is None or order.index(judgement) < order.index(best.judgement):
            spelling = spelling or hit.evidence[0].listed
            best = _Alert(row, screening, judgement, hit.entity, spelling)
    assert best is not None
    return best


def judged(row: Row, entity: Entity) -> tuple[Judgement, str]:
    """Whether the entity is this company, by identifier or by words and country."""
    for fact in entity.identifiers:
        if fact.value.replace(" ", "").upper() == row["lei"].upper():
            return Judgement.LISTED, entity.name
    asked = words(row["name"])
    spelling = next((n.text for n in entity.names if words(n.text) == asked), "")
    if not asked or not spelling:
        return Judgement.FALSE, ""
    tied = {country.code for country in entity.countries}
    tied |= {address.country for address in entity.addresses}
    if row["country"].casefold() in tied:
        return Judgement.LISTED, spelling
    return Judgement.UNSURE, spelling


def words(name: str) -> frozenset[str]:
    """The words of a company's name without marks, legal forms and brackets.

    What stands in brackets is an abbreviation or a branch; the country decides on the
    latter. It counts where nothing else is there.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"(?<=\w)[.'’](?=\w)", "", plain)
    bare = frozenset(_WORD.findall(_BRACKET.sub(" ", plain))) - _FORMS
    return bare or frozenset(_WORD.findall(plain)) - _FORMS


def _table(judgement: Judgement, found: Sequence[_Alert]) -> Table:
    lines: list[list[Cell]] = [
        [
            alert.screening.hits[0].score,
            alert.row["name"],
            alert.row["country"],
            alert.spelling,
            " ".join(sorted({c.code for c in alert.entity.countries if c.code})),
            alert.entity.id,
            alert.screening.hits[0].because,
        ]
        for alert in sorted(found, key=lambda a: -a.screening.hits[0].score)
    ]
    heads = ("score", "company", "of", "listed", "of", "id", "because")
    return Table(str(judgement), heads, lines, most=25)

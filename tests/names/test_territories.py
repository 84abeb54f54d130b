import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from clearway.names.narrative import disputed_place, hidden_place, words_of
from clearway.names.territories import Regime, applies, detours, gazetteer

ROOT = Path(__file__).resolve().parents[2]
DAY = timedelta(days=1)


def _covered(place: str, jurisdiction: str, day: date) -> bool:
    return any(law.covers for law in applies(place, jurisdiction, day))


@pytest.mark.parametrize(
    ("place", "jurisdiction", "first"),
    [
        ("UA-CRIMEA", "us", date(2014, 12, 19)),
        ("UA-CRIMEA", "eu", date(2014, 6, 25)),
        ("UA-CRIMEA", "uk", date(2020, 12, 31)),
        ("UA-DNR", "us", date(2022, 2, 21)),
        ("UA-DNR", "eu", date(2022, 2, 23)),
        ("UA-DNR", "uk", date(2022, 7, 19)),
        ("UA-LNR", "us", date(2022, 2, 21)),
        ("UA-LNR", "eu", date(2022, 2, 23)),
        ("UA-LNR", "uk", date(2022, 7, 19)),
        ("UA-KHERSON-NGC", "eu", date(2022, 10, 6)),
        ("UA-KHERSON-NGC", "uk", date(2023, 6, 20)),
        ("UA-ZAPORIZHZHIA-NGC", "eu", date(2022, 10, 6)),
        ("UA-ZAPORIZHZHIA-NGC", "uk", date(2023, 6, 20)),
        ("CU", "us", date(1963, 7, 8)),
        ("IR", "us", date(1995, 5, 7)),
        ("KP", "us", date(2016, 3, 16)),
        ("SY", "us", date(2011, 8, 18)),
    ],
)
def test_a_territory_is_covered_from_its_first_day_on(
    place: str, jurisdiction: str, first: date
) -> None:
    assert not _covered(place, jurisdiction, first - DAY)
    assert _covered(place, jurisdiction, first)
    assert _covered(place, jurisdiction, first + DAY)


def test_the_embargo_of_syria_ended_with_june_2025() -> None:
    assert _covered("sy", "us", date(2025, 6, 29))
    assert _covered("sy", "us", date(2025, 6, 30))
    assert not _covered("sy", "us", date(2025, 7, 1))
    (left,) = applies("sy", "us", date(2025, 7, 1))
    assert (left.kind, left.covers) == ("list_based", False)


@pytest.mark.parametrize("place", ["UA-KHERSON-NGC", "UA-ZAPORIZHZHIA-NGC"])
def test_american_law_was_looked_at_and_does_not_cover_the_south(place: str) -> None:
    (law,) = applies(place, "us", date(2024, 5, 17))
    assert (law.kind, law.covers) == ("not_covered", False)
    assert applies(place, "us", date(2022, 2, 20)) == ()
    assert len(applies(place, "us", date(2022, 2, 21))) == 1


def test_there_is_no_embargo_of_russia_or_belarus() -> None:
    for country in ("RU", "by"):
        assert applies(country, "us", date(2024, 5, 17))
        assert not _covered(country, "us", date(2024, 5, 17))


@pytest.mark.parametrize(
    ("country", "first"), [("ru", date(2014, 3, 6)), ("by", date(2006, 6, 16))]
)
def test_the_lesser_regimes_begin_on_their_day(country: str, first: date) -> None:
    assert applies(country, "us", first - DAY) == ()
    assert len(applies(country, "us", first)) == 1


def test_foreign_banks_stand_in_the_order_on_cuba_since_may_2026() -> None:
    def kinds(day: date) -> set[str]:
        return {law.kind for law in applies("CU", "us", day)}

    assert kinds(date(2026, 4, 30)) == {"comprehensive"}
    assert kinds(date(2026, 5, 1)) == {"comprehensive", "secondary"}


def test_what_the_table_does_not_know_is_empty() -> None:
    assert applies("XX", "us", date(2024, 5, 17)) == ()
    assert applies("UA-CRIMEA", "ch", date(2024, 5, 17)) == ()


def _laws() -> list[Regime]:
    return [law for place in gazetteer().territories.values() for law in place.laws]


def test_every_law_is_cited_and_marked() -> None:
    for law in _laws():
        assert law.citation
        assert all(law.sources)
        assert law.evidence in ("found", "found_partial", "memory")
        assert law.confirmed_on >= law.since


def test_the_detours_of_the_alert_are_known_from_its_day_on() -> None:
    alert = date(2022, 6, 28)
    assert detours("am", alert - DAY) == ()
    assert [item.id for item in detours("AM", alert)] == ["alert_2022"]
    assert len(gazetteer().detours[0].countries) == 18
    assert detours("hk", date(2023, 3, 1)) == ()
    assert [item.evidence for item in detours("hk", date(2023, 3, 2))] == ["memory"]
    assert detours("de", date(2024, 5, 17)) == ()


@pytest.mark.parametrize("tool", ["build_places", "build_narrative"])
def test_the_table_is_the_one_built_from_its_source(tool: str) -> None:
    path = ROOT / "tools" / f"{tool}.py"
    done = subprocess.run([sys.executable, path, "--check"], capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('evidence = "found"', 'evidence = "sure"', "evidence"),
        ("whole = true", "hole = true", "unknown key"),
        ("until = 2025-06-30", "until = 2001-06-30", "end before"),
        ('kind = "territorial"', 'kind = "total"', "kind"),
        ('ports = ["Sevastopol"', 'ports = ["Odesa"', "no place of it"),
        ('sources = ["POST_UA"]', 'sources = ["NOWHERE"]', "unknown source"),
        ('to = "99999"', 'to = "999999"', "postal codes"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_fault(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    text = (ROOT / "resources" / "places.toml").read_text("utf-8")
    assert old in text
    table = tmp_path / "places.toml"
    table.write_text(text.replace(old, new, 1), "utf-8")
    tool = ROOT / "tools" / "build_places.py"
    done = subprocess.run(
        [sys.executable, tool, "--table", table, "--output", tmp_path / "out.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert complaint in done.stdout


def test_places_in_pieces_and_beside_other_countries_come_from_the_same_table() -> None:
    assert hidden_place(words_of("SIMFE ROPOL")) == ("simfe ropol", "Crimea")
    assert disputed_place(words_of("Інкерман")) == ("inkerman", "Crimea")
    assert disputed_place(words_of("Donetsk")) == ("", "")

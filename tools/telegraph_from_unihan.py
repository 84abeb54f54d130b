"""Build `src/clearway/payments/data/telegraph.json`, the Chinese commercial code.

    python tools/telegraph_from_unihan.py Unihan_OtherMappings.txt

The input is a file of Unicode's Unihan database; its fields kMainlandTelegraph and
kTaiwanTelegraph give each character its four digits. The table holds, for each book,
ten thousand characters in the order of their numbers, a space where there is none.
"""

import argparse
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "src" / "clearway" / "payments" / "data" / "telegraph.json"
BOOKS = {"mainland": "kMainlandTelegraph", "taiwan": "kTaiwanTelegraph"}


def book(text: str, field: str) -> str:
    """The characters of one book by their number; of several the lowest code point."""
    table = [" "] * 10_000
    for point, numbers in re.findall(rf"^U\+([0-9A-F]+)\t{field}\t(.*)$", text, re.M):
        for number in numbers.split():
            if table[int(number)] == " ":
                table[int(number)] = chr(int(point, 16))
    return "".join(table)


def main(arguments: list[str] | None = None) -> int:
    """Build the table; the exit code."""
    parser = argparse.ArgumentParser(description="Build the table of telegraph codes.")
    parser.add_argument("unihan", type=Path, help="Unihan_OtherMappings.txt")
    parser.add_argument("--output", type=Path, default=BUILT)
    options = parser.parse_args(arguments)
    text = options.unihan.read_text("utf-8")
    version = re.search(r"Unicode version: (\S+)", text)
    built = {
        "source": f"Unihan, Unicode {version[1] if version else 'unknown'}",
        **{name: book(text, field) for name, field in BOOKS.items()},
    }
    options.output.write_text(
        json.dumps(built, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    for name in BOOKS:
        count = len(built[name].replace(" ", ""))
        print(f"{name}: {count:,} characters")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

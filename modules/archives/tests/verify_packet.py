#!/usr/bin/env python3
"""Checks an archive packet from its manifest alone, with nothing but Python's own library and no
line of ours: every listed file is there with its size, SM3 and SHA-256, and nothing else is."""
import hashlib
import struct
import sys
import xml.etree.ElementTree as tree
import zipfile
from pathlib import Path

METS = "{http://www.loc.gov/METS/}"
XLINK = "{http://www.w3.org/1999/xlink}"
OURS = "{urn:lingnan:archive:1}"
MANIFEST = "manifest.xml"


def sm3(data: bytes) -> str:
    """By OpenSSL where it has SM3, else by GB/T 32905-2016 as it is written."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", data).hexdigest()
    turn = lambda x, n: ((x << n % 32) | (x >> (32 - n % 32))) & 0xFFFFFFFF
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
             0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack(">Q", len(data) * 8)
    for start in range(0, len(padded), 64):
        w = list(struct.unpack(">16I", padded[start:start + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = turn((turn(a, 12) + e + turn(t, j)) & 0xFFFFFFFF, 7)
            ss2 = ss1 ^ turn(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
            a, b, c, d = tt1, a, turn(b, 9), c
            e, f, g, h = tt2 ^ turn(tt2, 9) ^ turn(tt2, 17), e, turn(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return "".join(f"{x:08x}" for x in state)


def files(place: Path) -> dict[str, bytes]:
    if place.is_dir():
        inner = (path for path in place.rglob("*") if path.is_file())
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in inner}
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wrong(folder: dict[str, bytes]) -> list[str]:
    if MANIFEST not in folder:
        return [f"{MANIFEST} is missing"]
    root = tree.fromstring(folder[MANIFEST])
    found, listed = [], {MANIFEST}
    for entry in root.iter(f"{METS}file"):
        path = entry.find(f"{METS}FLocat").get(f"{XLINK}href")
        listed.add(path)
        data = folder.get(path)
        if data is None:
            found.append(f"{path} is listed and not there")
            continue
        for name, said, is_so in (
            ("size", entry.get("SIZE"), str(len(data))),
            ("SHA-256", entry.get("CHECKSUM"), hashlib.sha256(data).hexdigest()),
            ("SM3", entry.get(f"{OURS}SM3"), sm3(data)),
        ):
            if said != is_so:
                found.append(f"{path}: {name} is {is_so}, listed as {said}")
    linked = {node.get("FILEID") for node in root.iter(f"{METS}fptr")}
    ids = {entry.get("ID") for entry in root.iter(f"{METS}file")}
    if linked != ids:
        found.append(f"structure and files differ: {sorted(linked ^ ids)}")
    found += [f"{path} is there and not listed" for path in sorted(set(folder) - listed)]
    return found


def main() -> int:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    faults = wrong(files(Path(sys.argv[1])))
    for fault in faults:
        print(fault)
    print("does not hold" if faults else "holds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

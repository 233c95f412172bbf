"""Compares the text that `lingnan ofd text` takes out of OFD files with that of ofdkit.

Usage: compare.py LINGNAN FOLDER. First the files of the folder, then pages made at random of what
makes reading order hard: columns, tables, upright labels, shadows, scattered words. Characters and
their order count; blanks and line ends do not, since where a gap becomes one is a matter of taste.
"""

import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

import ofdkit

#: Random pages, each of its own seed, so that one that differs can be made again.
MADE = 150
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HAN = "县区市镇村关于印发通知的意见报告请示批复函纪要命令会议决定办公厅政府委员第一二三四五六七八九十"


def text_object(number, x, y, size, text, step):
    deltas = f' DeltaX="g {len(text) - 1} {step:.3f}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x:.3f} {y:.3f} 100 10" Font="3" Size="{size}">'
        f'<ofd:TextCode X="0" Y="0"{deltas}>{text}</ofd:TextCode></ofd:TextObject>'
    )


class Page:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.objects = []
        self.y = 20.0

    def words(self, least, most):
        count = self.chance.randint(least, most)
        return "".join(self.chance.choice(HAN) for _ in range(count))

    def put(self, x, y, size, text):
        self.objects.append(text_object(len(self.objects) + 10, x, y, size, text, size))

    def prose(self):
        size = self.chance.choice([3, 4, 5])
        for _ in range(self.chance.randint(1, 4)):
            self.put(25, self.y, size, self.words(3, 30))
            self.y += size * 1.6

    def columns(self):
        count, size = self.chance.choice([2, 3]), 3
        width = 160 / count
        for _ in range(self.chance.randint(2, 8)):
            for column in range(count):
                length = int(width / size) - 4
                length = length if self.chance.random() < 0.8 else self.chance.randint(2, length)
                indent = self.chance.choice([0, 0, 0, 6])
                self.put(25 + column * width + indent, self.y, size, self.words(length, length))
            self.y += size * 1.7

    def table(self):
        for _ in range(self.chance.randint(2, 5)):
            for column in range(4):
                self.put(25 + column * 40, self.y + self.chance.uniform(-1, 1), 4, self.words(1, 6))
            self.y += 8

    def label(self):
        for index, character in enumerate(self.words(2, 6)):
            self.put(25, self.y + index * 6, 4, character)
            if self.chance.random() < 0.3:
                self.put(40, self.y + index * 6, 4, self.words(2, 8))
        self.y += 40

    def shadow(self):
        text = self.words(3, 9)
        self.put(60, self.y, 5, text)
        self.put(60.02, self.y, 5, text)
        self.y += 9

    def scatter(self):
        for _ in range(self.chance.randint(1, 8)):
            x, y = self.chance.uniform(-5, 200), self.y + self.chance.uniform(0, 30)
            self.put(x, y, self.chance.choice([2, 4, 7]), self.words(1, 6))
        self.y += 35

    def write(self, path):
        parts = [self.prose, self.columns, self.table, self.label, self.shadow, self.scatter]
        while self.y < 240:
            self.chance.choice(parts)()
            self.y += self.chance.choice([0, 3, 12])
        self.chance.shuffle(self.objects)
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(
                "OFD.xml",
                f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
                "<ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            )
            package.writestr(
                "D/Document.xml",
                f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>1</ofd:MaxUnitID>"
                '</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>'
                "</ofd:Document>",
            )
            package.writestr(
                "D/P.xml",
                f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="2">{"".join(self.objects)}'
                "</ofd:Layer></ofd:Content></ofd:Page>",
            )


def letters(text):
    return "".join(text.split())


def compared(lingnan, path):
    """How many characters agree, and where the two differ first."""
    run = subprocess.run([lingnan, "ofd", "text", path], capture_output=True, text=True)
    own = letters(run.stdout if run.returncode == 0 else f"refused: {run.stderr}")
    with ofdkit.open(path) as document:
        theirs = letters(document.text())
    if own == theirs:
        return len(own), None
    same = next((at for at, pair in enumerate(zip(own, theirs)) if pair[0] != pair[1]), 0)
    return 0, f"{path.name} at {same}: ours {own[same:][:30]!r}, theirs {theirs[same:][:30]!r}"


def main(lingnan, folder):
    with tempfile.TemporaryDirectory() as made:
        paths = sorted(pathlib.Path(folder).glob("*.ofd"))
        for seed in range(MADE):
            paths.append(pathlib.Path(made) / f"made-{seed}.ofd")
            Page(seed).write(paths[-1])
        found = [compared(lingnan, path) for path in paths]
    differ = [place for _, place in found if place]
    characters = sum(count for count, _ in found)
    print("\n".join(differ) or f"{len(paths)} files, {characters} characters: the same text")
    return 1 if differ or characters == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

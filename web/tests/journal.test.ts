// The journal's filter knows every command that the server's sources name.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "../src/pages/journal-filter";
import { commandName } from "../src/parts/timeline";

const SOURCES = ["kernel/auth/src", "kernel/directory/src", "modules/documents/src",
  "modules/workflow/src"];
const NAMED =
  /(?:=> |command!\(\w+, |fn name\(&self\) -> &'static str \{\s*)"((?:documents|incoming|directory|account|workflow)\.[a-z_]+)"/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rs"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

const told = SOURCES.flatMap((folder) => sources(join(import.meta.dirname, "../..", folder)))
  .flatMap((text) => [...text.matchAll(NAMED)].map(([, name = ""]) => name));
const known = Object.entries(COMMANDS)
  .flatMap(([area, commands]) => commands.map((command) => `${area}.${command}`));

test("the filter offers the commands that there are, and no others", () => {
  expect(told.length).toBeGreaterThan(30);
  expect([...known].sort()).toEqual([...new Set(told)].sort());
});

test("every command has a name in Chinese", () => {
  expect(known.filter((command) => /[a-z]/.test(commandName(command)))).toEqual([]);
});

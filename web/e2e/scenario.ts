// The catalogue's scenarios (docs/process-notation.md), for handling them by clicking.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const CATALOGUE = join(import.meta.dirname, "../../catalogue/processes");

export type Fields = Record<string, string>;

/** 办理: what is done at a step, by one post or by everybody who has it. */
export interface Deed {
  step: string;
  post: string | undefined;
  what: string;
  /** A step, a post or an event. */
  object: string | undefined;
  way: string | undefined;
  opinion: string | undefined;
}

/** 时间 is left out: no browser waits for days. */
export type Line = { fill: Fields } | { deed: Deed };

export interface Scenario {
  code: string;
  name: string;
  post: string;
  /** What is filled in to start it. */
  filled: Fields;
  lines: Line[];
  result: string;
}

function fieldsOf(text: string): Fields {
  const parts = text.split("；").filter((part) => part.trim() !== "");
  return Object.fromEntries(parts.map((part) => {
    const [name = "", ...value] = part.split(/[=＝]/);
    return [name.trim(), value.join("=").trim()];
  }));
}

function deedOf(text: string): Deed {
  const [said = "", opinion] = text.split("“");
  const [place = "", what = "", object, way] = said.trim().split(/\s+/);
  const one = /^(.+)（([a-z0-9.-]+)）$/.exec(place);
  return {
    step: one?.[1] ?? place, post: one?.[2], what, object, way, opinion: opinion?.replace(/”$/, ""),
  };
}

function read(code: string, text: string): Scenario {
  const scenario: Scenario = { code, name: "", post: "", filled: {}, lines: [], result: "" };
  let begun = false;
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, word = "", rest = ""] = /^(.+?)：(.*)$/.exec(line.trim()) ?? [];
    switch (word) {
      case "场景": scenario.name = rest; break;
      case "发起": scenario.post = rest.split(" ")[0] ?? ""; break;
      case "填写":
        if (begun) scenario.lines.push({ fill: fieldsOf(rest) });
        else scenario.filled = fieldsOf(rest);
        begun = true;
        break;
      case "办理":
        scenario.lines.push({ deed: deedOf(rest) });
        begun = true;
        break;
      case "结果": scenario.result = rest; break;
    }
  }
  return scenario;
}

/** All scenarios, in the order of their codes. */
export function scenarios(): Scenario[] {
  const files = readdirSync(CATALOGUE, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".scenario")).map((file) => {
    const code = /([a-z]+\d+)-[^/]*$/.exec(file)?.[1] ?? file;
    return read(code, readFileSync(join(CATALOGUE, file), "utf8"));
  }).sort((one, other) => (one.code < other.code ? -1 : 1));
}

/** So many of them, by chance; one seed gives the same ones. */
export function some(all: Scenario[], count: number, seed: number): Scenario[] {
  const left = [...all];
  let state = Math.imul(seed, 2_654_435_761);
  const drawn: Scenario[] = [];
  while (drawn.length < count && left.length > 0) {
    // Numerical Recipes' linear congruence: any spread of picks will do.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    drawn.push(...left.splice(Math.floor(state / 2 ** 32 * left.length), 1));
  }
  return drawn;
}

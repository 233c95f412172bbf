// What a form's fields are, what they hold, and what is still wrong with it.
import type { FieldSchema, FormSchema, Row, Value, Values } from "../api/work-types";
import { zh } from "../i18n/zh-cn";

export type Reference = "unit" | "post" | "person";

export type Kind =
  | "line" | "text" | "choice" | "choices" | "integer" | "number" | "money" | "yes"
  | "date" | "date-time" | "id-card" | "credit-code" | "phone"
  | Reference | "units" | "posts" | "persons" | "files" | "table";

const TEXTS: Record<string, Kind> = {
  text: "text",
  date: "date",
  "date-time": "date-time",
  "id-card": "id-card",
  "credit-code": "credit-code",
  phone: "phone",
  unit: "unit",
  post: "post",
  person: "person",
};

const LISTS: Record<string, Kind> = {
  unit: "units",
  post: "posts",
  person: "persons",
  file: "files",
};

export function kindOf(schema: FieldSchema): Kind {
  switch (schema.type) {
    case "boolean": return "yes";
    case "number": return "number";
    case "integer": return schema.format === "money" ? "money" : "integer";
    case "array":
      if (schema.items?.type === "object") return "table";
      return LISTS[schema.items?.format ?? ""] ?? "choices";
    default:
      if (schema.enum !== undefined) return "choice";
      return TEXTS[schema.format ?? ""] ?? "line";
  }
}

/** Money is kept in fen and written in yuan. */
export function yuan(fen: number): number {
  return fen / 100;
}

export function fen(yuans: number): number {
  return Math.round(yuans * 100);
}

const money = new Intl.NumberFormat("zh-CN", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** `12800000` fen is `128,000.00元`. */
export function moneyText(amount: number): string {
  return `${money.format(yuan(amount))}${zh.form.yuan}`;
}

const OFFSET = ":00+08:00";

/** What a browser's control shows of a time; all times are Beijing's. */
export function localOf(value: string): string {
  return value.slice(0, "2026-09-30T17:00".length);
}

export function timeOf(local: string): string {
  return local === "" ? "" : local.slice(0, "2026-09-30T17:00".length) + OFFSET;
}

export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

/** What is sent: without what is empty, and without blank space around lines. */
export function filled(values: Values): Values {
  const kept: Values = {};
  for (const [name, value] of Object.entries(values)) {
    if (isEmpty(value)) continue;
    kept[name] = typeof value === "string" ? value.trim() : isTable(value) ? rowsOf(value) : value;
  }
  return kept;
}

/** The same with one field set, or without it. */
export function withValue(values: Values, name: string, value: Value | undefined): Values {
  const others = Object.fromEntries(Object.entries(values).filter(([known]) => known !== name));
  return value === undefined ? others : { ...others, [name]: value };
}

function isTable(value: Value): value is Row[] {
  return Array.isArray(value) && typeof value[0] === "object";
}

function rowsOf(rows: Row[]): Row[] {
  return rows.map(filled).filter((row) => Object.keys(row).length > 0);
}

function bounds(schema: FieldSchema, value: number): string | undefined {
  const say = (limit: number) => (kindOf(schema) === "money" ? moneyText(limit) : String(limit));
  if (schema.minimum !== undefined && value < schema.minimum) {
    return zh.form.tooSmall(say(schema.minimum));
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    return zh.form.tooLarge(say(schema.maximum));
  }
  return undefined;
}

/** What is wrong with one field, if anything. */
export function wrong(schema: FieldSchema, value: Value | undefined): string | undefined {
  if (value === undefined || isEmpty(value)) return undefined;
  if (typeof value === "number") {
    if (schema.type === "integer" && !Number.isInteger(value)) return zh.form.whole;
    return bounds(schema, value);
  }
  if (typeof value === "string") {
    const most = schema.maxLength;
    if (most !== undefined && Array.from(value.trim()).length > most) return zh.form.tooLong(most);
    if (schema.enum !== undefined && !schema.enum.includes(value)) return zh.form.notListed;
    return undefined;
  }
  if (Array.isArray(value) && isTable(value)) return wrongRows(schema, value);
  return undefined;
}

function wrongRows(schema: FieldSchema, rows: Row[]): string | undefined {
  const columns = Object.entries(schema.items?.properties ?? {});
  const needed = schema.items?.required ?? [];
  for (const [at, row] of rows.entries()) {
    for (const [name, column] of columns) {
      const missing = needed.includes(name) && isEmpty(row[name]);
      const problem = missing ? zh.form.needed : wrong(column, row[name]);
      if (problem !== undefined) return `${zh.form.row(at + 1, name)}：${problem}`;
    }
  }
  return undefined;
}

/** What is wrong, by field; `required` are those that must be filled now. */
export function problems(
  form: FormSchema,
  values: Values,
  required: readonly string[],
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, schema] of Object.entries(form.properties ?? {})) {
    const missing = required.includes(name) && isEmpty(values[name]);
    const problem = missing ? zh.form.needed : wrong(schema, values[name]);
    if (problem !== undefined) found[name] = problem;
  }
  return found;
}

export interface Section {
  title: string;
  rows: string[][];
}

/** The fields by section and row, as laid out; what is not laid out comes last. */
export function sections(form: FormSchema, shown: (name: string) => boolean): Section[] {
  const known = form.properties ?? {};
  const laid = new Set<string>();
  const all: Section[] = (form["x-layout"] ?? []).map(({ section, rows }) => ({
    title: section,
    rows: rows.map((row) => row.filter((name) => {
      laid.add(name);
      return name in known && shown(name);
    })),
  }));
  const rest = Object.keys(known).filter((name) => !laid.has(name) && shown(name));
  all.push({ title: all.length === 0 ? "" : zh.form.other, rows: rest.map((name) => [name]) });
  return all
    .map(({ title, rows }) => ({ title, rows: rows.filter((row) => row.length > 0) }))
    .filter(({ rows }) => rows.length > 0);
}

const STEP = /^\s*[a-z]+ \S+ "[^"]*" by (\S+)/;
const RIGHTS = /\s(?:write|require) (\S+)/g;

/** The fields that only later steps fill: the starter is not asked for them. */
export function laterFields(form: FormSchema, flow: string): Set<string> {
  const later = new Set<string>();
  const own = new Set(form.required ?? []);
  const steps = flow.split("\n").filter((line) => STEP.test(line));
  for (const [at, line] of steps.entries()) {
    const isStart = at === 0 && STEP.exec(line)?.[1] === "starter";
    for (const [, names = ""] of line.matchAll(RIGHTS)) {
      for (const name of names.split(",")) (isStart ? own : later).add(name);
    }
  }
  return new Set([...later].filter((name) => !own.has(name)));
}

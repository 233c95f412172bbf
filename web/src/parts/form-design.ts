// Changing a form as a table of fields; the text of the form stays the one truth.
import type { FieldSchema, FormSchema } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import { kindOf, type Kind, sections } from "./form-values";
import { stepLines } from "./process-lines";

const f = zh.formEditor;

/** A form with what the editor does not touch. */
export type DesignedForm = FormSchema & { title?: string; "x-title"?: string };

export type Read = { form: DesignedForm } | { broken: string };

export function readForm(text: string): Read {
  try {
    const form: unknown = JSON.parse(text);
    if (typeof form !== "object" || form === null || Array.isArray(form)) {
      return { broken: f.notObject };
    }
    return { form };
  } catch (error) {
    return { broken: f.broken(error instanceof Error ? error.message : "") };
  }
}

export function writtenForm(form: DesignedForm): string {
  return `${JSON.stringify(form, undefined, 2)}\n`;
}

/** A form's text as the editor would write it: how it was laid out is no change. */
export function laidOut(text: string): string {
  const read = readForm(text);
  return "form" in read ? writtenForm(read.form) : text;
}

/** The fields in the order in which they are shown. */
export function fieldNames(form: DesignedForm): string[] {
  return sections(form, () => true).flatMap(({ rows }) => rows.flat());
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]{0,39}$/u;

/** Why a field cannot be called so, if it cannot. */
export function wrongName(form: DesignedForm, name: string): string | undefined {
  if (!NAME.test(name)) return f.badName;
  return name in (form.properties ?? {}) ? f.taken : undefined;
}

const PLAIN: Partial<Record<Kind, FieldSchema>> = {
  line: { type: "string", maxLength: 60 },
  text: { type: "string", format: "text", maxLength: 2000 },
  choice: { type: "string", enum: [f.firstOption] },
  choices: { type: "array", items: { type: "string", enum: [f.firstOption] } },
  integer: { type: "integer" },
  number: { type: "number" },
  money: { type: "integer", format: "money" },
  yes: { type: "boolean" },
  units: { type: "array", items: { type: "string", format: "unit" } },
  posts: { type: "array", items: { type: "string", format: "post" } },
  persons: { type: "array", items: { type: "string", format: "person" } },
  files: { type: "array", items: { type: "string", format: "file" } },
  table: {
    type: "array",
    items: { type: "object", properties: { [f.firstColumn]: { type: "string", maxLength: 60 } } },
  },
};

/** A field of another kind; what both kinds know is kept. */
export function ofKind(field: FieldSchema, kind: Kind): FieldSchema {
  const plain = PLAIN[kind] ?? { type: "string", format: kind };
  const options = optionsOf(field);
  const made = options.length === 0 ? plain : withOptions(plain, options);
  return field.description === undefined ? made : { ...made, description: field.description };
}

export function optionsOf(field: FieldSchema): string[] {
  return field.enum ?? field.items?.enum ?? [];
}

export function withOptions(field: FieldSchema, options: string[]): FieldSchema {
  const kind = kindOf(field);
  if (kind === "choice") return { ...field, enum: options };
  if (kind === "choices" && field.items !== undefined) {
    return { ...field, items: { ...field.items, enum: options } };
  }
  return field;
}

type Layout = NonNullable<FormSchema["x-layout"]>;

function relaid(form: DesignedForm, change: (row: string[]) => string[]): DesignedForm {
  const layout = form["x-layout"];
  if (layout === undefined) return form;
  const next: Layout = layout.map((section) => ({
    ...section,
    rows: section.rows.map(change).filter((row) => row.length > 0),
  }));
  return { ...form, "x-layout": next.filter(({ rows }) => rows.length > 0) };
}

export function withField(form: DesignedForm, name: string, field: FieldSchema): DesignedForm {
  return { ...form, properties: { ...form.properties, [name]: field } };
}

/** With one more line of text; `called` numbers its name until it is free. */
export function withNewField(
  form: DesignedForm, called: (number: number) => string,
): DesignedForm {
  let number = 1;
  while (called(number) in (form.properties ?? {})) number += 1;
  const name = called(number);
  const next = withField(form, name, { type: "string", maxLength: 60 });
  const layout = form["x-layout"];
  const last = layout?.at(-1);
  if (layout === undefined || last === undefined) return next;
  // A layout names every field: the new one stands last.
  const rows = [...last.rows, [name]];
  return { ...next, "x-layout": [...layout.slice(0, -1), { ...last, rows }] };
}

export function withoutField(form: DesignedForm, name: string): DesignedForm {
  const others = Object.entries(form.properties ?? {}).filter(([known]) => known !== name);
  const bare = withRequired({ ...form, properties: Object.fromEntries(others) }, name, false);
  const kept = relaid(bare, (row) => row.filter((one) => one !== name));
  return kept["x-title"] === name ? withTitleField(kept, undefined) : kept;
}

export function renamed(form: DesignedForm, from: string, to: string): DesignedForm {
  const swap = (name: string) => (name === from ? to : name);
  const properties = Object.entries(form.properties ?? {}).map(([name, field]): [
    string, FieldSchema,
  ] => [swap(name), field]);
  const next: DesignedForm = { ...form, properties: Object.fromEntries(properties) };
  if (form.required !== undefined) next.required = form.required.map(swap);
  if (form["x-title"] !== undefined) next["x-title"] = swap(form["x-title"]);
  return relaid(next, (row) => row.map(swap));
}

/** The titles of the sections, in order; without a layout there are none. */
export function sectionTitles(form: DesignedForm): string[] {
  return (form["x-layout"] ?? []).map(({ section }) => section);
}

export function withSectionTitle(form: DesignedForm, at: number, title: string): DesignedForm {
  const layout = form["x-layout"] ?? [];
  const next = layout.map((one, place) => (place === at ? { ...one, section: title } : one));
  return { ...form, "x-layout": next };
}

export function withRequired(form: DesignedForm, name: string, is: boolean): DesignedForm {
  const others = (form.required ?? []).filter((one) => one !== name);
  return { ...form, required: is ? [...others, name] : others };
}

export function withTitleField(form: DesignedForm, name: string | undefined): DesignedForm {
  const rest = Object.entries(form).filter(([known]) => known !== "x-title");
  const next = name === undefined ? rest : [...rest, ["x-title", name]];
  return Object.fromEntries(next) as DesignedForm;
}

/** The field and its neighbour change places, in the layout too. */
export function moved(form: DesignedForm, name: string, by: -1 | 1): DesignedForm {
  const names = fieldNames(form);
  const other = names[names.indexOf(name) + by];
  if (other === undefined) return form;
  const swap = (one: string) => (one === name ? other : one === other ? name : one);
  const known = form.properties ?? {};
  const properties = Object.keys(known).map(swap).flatMap((one): [string, FieldSchema][] => {
    const field = known[one];
    return field === undefined ? [] : [[one, field]];
  });
  return relaid({ ...form, properties: Object.fromEntries(properties) }, (row) => row.map(swap));
}

export type Right = "read" | "write" | "require" | "hide";

const CLAUSE = / (write|require|hide) (\S+)/g;
/** What stands behind rights on a step's line. */
const BEHIND = / (?:noadd|noproxy|sign|mandatory|irreversible|when)(?: |$)/;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** Texts in quotes are no clauses: blanked out, so that places stay the same. */
function bare(line: string): string {
  return line.replace(QUOTED, (text) => `"${"_".repeat(text.length - 2)}"`);
}

/** Where conditions begin, in which nothing is a clause either. */
function clauses(line: string): { right: Right; names: string[]; from: number; to: number }[] {
  const text = bare(line);
  const end = text.search(/ when /);
  const head = end === -1 ? text : text.slice(0, end);
  return [...head.matchAll(CLAUSE)].map((found) => ({
    right: found[1] as Right,
    names: (found[2] ?? "").split(","),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/** The right of a step to a field, as its line says. */
export function rightOf(line: string, field: string): Right {
  const found = clauses(line).filter(({ names }) => names.includes(field));
  const rights = found.map(({ right }) => right);
  return rights.includes("require") ? "require" : rights[0] ?? "read";
}

/** Steps at which people act, and may have rights. */
export function handledSteps(flow: string) {
  const kinds = new Set(["step", "vote", "any", "first", "seq", "claim"]);
  return stepLines(flow).filter(({ kind }) => kinds.has(kind));
}

/** The process's text with one right of one step changed. */
export function withRight(flow: string, line: number, field: string, right: Right): string {
  return flow.split("\n").map((text, at) => (at === line - 1 ? relined(text, field, right) : text))
    .join("\n");
}

function relined(line: string, field: string, right: Right): string {
  const rights: Record<"write" | "require" | "hide", string[]> = { write: [], require: [], hide: [] };
  let rest = line;
  for (const one of clauses(line).reverse()) {
    if (one.right !== "read") rights[one.right].unshift(...one.names);
    rest = rest.slice(0, one.from) + rest.slice(one.to);
  }
  for (const names of Object.values(rights)) {
    const at = names.indexOf(field);
    if (at !== -1) names.splice(at, 1);
  }
  if (right !== "read") rights[right].push(field);
  const told = Object.entries(rights).filter(([, names]) => names.length > 0)
    .map(([word, names]) => ` ${word} ${names.join(",")}`).join("");
  const behind = bare(rest).search(BEHIND);
  return behind === -1 ? rest + told : rest.slice(0, behind) + told + rest.slice(behind);
}

// Where the steps stand in a process's text, and what on its drawing belongs to which line.

export interface StepLine {
  id: string;
  kind: string;
  name: string;
  /** From 1. */
  line: number;
  /** The line without blank space around it. */
  text: string;
}

const STEP = /^(any|step|vote|first|seq|claim|auto|cc|call|wait) ([a-z][a-z0-9_]*) "([^"]*)"/;
/** Blocks by the word that opens them, as their gateways are called on the drawing. */
const BLOCK = /^(par|choose|loop) \{/;

/** The steps of a text in reading order, also of one that does not read as a whole. */
export function stepLines(flow: string): StepLine[] {
  const steps: StepLine[] = [];
  flow.split("\n").forEach((written, at) => {
    const text = written.trim();
    const [, kind, id, name] = STEP.exec(text) ?? [];
    if (kind === undefined || id === undefined || name === undefined) return;
    steps.push({ id, kind, name, line: at + 1, text });
  });
  return steps;
}

/** The line of each element of the drawing: steps by id, gateways by the block they open. */
export function drawnLines(flow: string): Map<string, number> {
  const steps = stepLines(flow);
  const lines = new Map(steps.map((step) => [step.id, step.line]));
  const taken = new Set(lines.keys());
  const code = /^process ([a-z0-9_]+) /.exec(flow)?.[1];
  if (code !== undefined) taken.add(code);
  flow.split("\n").forEach((text, at) => {
    const word = BLOCK.exec(text.trim())?.[1];
    if (word === undefined) return;
    // Gateways are numbered as the drawing numbers them: the first without a number.
    let id = word;
    for (let number = 2; taken.has(id); number += 1) id = `${word}_${String(number)}`;
    taken.add(id);
    lines.set(id, at + 1);
    lines.set(`${id}_join`, at + 1);
  });
  for (const { id, line } of steps) {
    lines.set(`${id}_when`, line);
    lines.set(`${id}_when_join`, line);
  }
  return lines;
}

/** The step that stands on a line. */
export function stepAt(flow: string, line: number): string | undefined {
  return stepLines(flow).find((step) => step.line === line)?.id;
}

export interface Changes<T> {
  added: T[];
  removed: T[];
  changed: { from: T; to: T }[];
}

/** What two lists of named things differ in. */
function changes<T>(from: T[], to: T[], key: (one: T) => string, text: (one: T) => string) {
  const before = new Map(from.map((one) => [key(one), one]));
  const after = new Map(to.map((one) => [key(one), one]));
  const found: Changes<T> = { added: [], removed: [], changed: [] };
  for (const one of to) {
    const old = before.get(key(one));
    if (old === undefined) found.added.push(one);
    else if (text(old) !== text(one)) found.changed.push({ from: old, to: one });
  }
  found.removed = from.filter((one) => !after.has(key(one)));
  return found;
}

/** Steps that came, went or say something else, by id. */
export function stepChanges(from: string, to: string): Changes<StepLine> {
  return changes(stepLines(from), stepLines(to), (step) => step.id, (step) => step.text);
}

export interface NamedField {
  name: string;
  /** Its schema, as one line of JSON. */
  text: string;
}

/** The same value with its keys in order: how a text is laid out is no change of a field. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, ordered(one)]));
}

function fields(form: string): NamedField[] {
  try {
    const schema = JSON.parse(form) as {
      properties?: Record<string, unknown>;
      required?: string[];
    } | null;
    const required = schema?.required ?? [];
    return Object.entries(schema?.properties ?? {}).map(([name, field]) => ({
      name,
      text: JSON.stringify([ordered(field), required.includes(name)]),
    }));
  } catch {
    return [];
  }
}

/** Fields that came, went or are something else, by name. */
export function fieldChanges(from: string, to: string): Changes<NamedField> {
  return changes(fields(from), fields(to), (field) => field.name, (field) => field.text);
}

// The lines of a scenario that say where it begins and how time passes.

const START = /^发起[：:]\s*(\S*)\s*(.*)$/m;
/** Before the holidays: when a limit shows whether it counts working days. */
const OTHERWISE = "2026-09-30 17:00";

export interface Start {
  post?: string;
  /** `2026-09-30 17:00` */
  at: string;
}

export function startOf(scenario: string): Start {
  const [, post = "", at = ""] = START.exec(scenario) ?? [];
  return { ...(post !== "" && post !== "—" && { post }), at: at === "" ? OTHERWISE : at.trim() };
}

/** The scenario with another beginning. */
export function withStart(scenario: string, { post, at }: Start): string {
  const line = `发起：${post ?? "—"} ${at}`;
  if (START.test(scenario)) return scenario.replace(START, () => line);
  const head = scenario.startsWith("场景") ? "" : "场景：试办\n";
  return `${head}${line}\n${scenario}`;
}

/** The scenario with time passing at its end, before what it expects. */
export function withPass(scenario: string, span: string): string {
  const lines = scenario.replace(/\n$/, "").split("\n").filter((line) => line !== "");
  const end = lines.findIndex((line) => /^(结果|归档)[：:]/.test(line));
  lines.splice(end === -1 ? lines.length : end, 0, `时间：${span}`);
  return `${lines.join("\n")}\n`;
}

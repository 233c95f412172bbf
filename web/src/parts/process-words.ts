// The notation's short words for time and people, as an official says them.
import { zh } from "../i18n/zh-cn";

const p = zh.process;

/** `5wd` is 5个工作日, `form.办结期限` is 按“办结期限”. */
export function limitWords(limit: string): string {
  if (limit === "") return "";
  if (limit === "today") return p.today;
  if (limit.startsWith("form.")) return p.until(limit.slice("form.".length));
  const [, count = "", unit = ""] = /^(\d+)(min|h|d|wd|mo)$/.exec(limit) ?? [];
  const name = p.units[unit];
  return name === undefined ? limit : count + name;
}

function placeWords(place: string): string | undefined {
  const [word = "", above] = place.split("+");
  if (place.startsWith("+") && above !== undefined) return p.who.above(above);
  if (place === "gov") return p.who.government;
  if (place === "office") return p.who.office;
  if (place === "below") return p.who.below;
  if (place.startsWith("dept.")) return p.who.department(place.slice("dept.".length));
  if (place.startsWith("form.")) return p.who.fieldUnits(place.slice("form.".length));
  if (word === "system" && above !== undefined) return p.who.of(p.who.above(above), p.who.system);
  const base = word === "gov" ? p.who.government : word === "office" ? p.who.office : undefined;
  if (base === undefined || above === undefined) return undefined;
  return p.who.of(p.who.above(above), base);
}

function bareWords(who: string, steps: Record<string, string>): string | undefined {
  const [kind = "", rest = ""] = who.split(/[:.](.*)/s);
  if (who === "starter") return p.who.starter;
  if (who === "anyone") return p.who.anyone;
  if (who === "head") return p.who.head;
  if (who === "leader") return p.who.leader;
  if (kind === "duty") return p.who.duties[rest];
  if (kind === "form") return p.who.field(rest);
  if (kind === "same") return p.who.same(steps[rest] ?? rest);
  if (kind === "pick") return p.who.pick(steps[rest] ?? rest);
  return undefined;
}

/** Whom the notation names, in words; what has no easy words stays as it is written. */
export function whoWords(who: string, steps: Record<string, string> = {}): string {
  // A plus before a digit belongs to a place; any other one joins two people.
  const all = who.split(/\+(?!\d)/).map((one) => {
    const [word = "", place] = one.split("@");
    const bare = bareWords(word, steps);
    if (bare === undefined) return one;
    if (place === undefined) return bare;
    const where = placeWords(place);
    return where === undefined ? one : p.who.of(where, bare);
  });
  return all.join("、");
}

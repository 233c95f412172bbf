// The government whose area a unit serves: an office of Jiangmen addresses Jiangmen's counties.

/** `440700-bgs` and `440700000000` both serve `440700000000`. */
export function areaOf(unit: string | undefined): string | undefined {
  if (unit === undefined) return undefined;
  const [area = ""] = unit.split("-");
  return /^\d{2,12}$/.test(area) ? area.padEnd(12, "0") : undefined;
}

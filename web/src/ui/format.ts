// How times and sizes are written, in Beijing time whatever the machine's own.

const date = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** `2026-11-24 09:30` */
export function time(ms: number): string {
  return date.format(ms).replaceAll("/", "-");
}

/** A limit at midnight is the end of the day before, and reads as that day. */
export function limit(ms: number): string {
  const text = time(ms);
  return text.endsWith(" 00:00") ? time(ms - 1).slice(0, 10) : text;
}

export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

// A text in which official numbers and moments never break over two lines.
import type { ReactNode } from "react";

/**
 * 发文字号 with its 机关代字 (GB/T 9704-2012 7.2.5) and dates. Nothing parts the words before a
 * 机关代字 from it: of four characters all are kept, of a longer one within a sentence the last.
 */
const WHOLE = new RegExp(
  String.raw`((?:^\p{Script=Han}{1,8}|\p{Script=Han}{0,4})〔\d{4}〕\d+号`
  + String.raw`|\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?|\d{4}年\d{1,2}月\d{1,2}日)`,
  "u",
);

export function Whole({ text }: { text: string }): ReactNode {
  // What a pattern with one group splits stands between the texts around it: every second part.
  return text.split(WHOLE).map((part, at) =>
    at % 2 === 0 ? part : <span key={`${String(at)}:${part}`} className="whole">{part}</span>);
}

// Official numbers and moments within a text are kept whole, and the text stays what it was.
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Whole } from "../src/ui/whole";

const cases: [string, string[]][] = [
  ["粤府办〔2026〕12号", ["粤府办〔2026〕12号"]],
  ["江门市财政局函〔2026〕3号", ["江门市财政局函〔2026〕3号"]],
  ["复核无误，编号粤府办〔2026〕15号。", ["号粤府办〔2026〕15号"]],
  ["2026-11-24 09:30 起，至 2026-12-01", ["2026-11-24 09:30", "2026-12-01"]],
  ["自2026年12月1日起施行", ["2026年12月1日"]],
  ["〔2026〕", []],
  ["", []],
];

test.each(cases)("%s", (text, whole) => {
  const { container } = render(<Whole text={text} />);
  expect(container.textContent).toBe(text);
  const kept = [...container.querySelectorAll(".whole")].map((span) => span.textContent);
  expect(kept).toEqual(whole);
});

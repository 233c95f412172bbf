// What a reading fills in, and what a clerk still has to confirm.
import { expect, test } from "vitest";
import type { ReadElement } from "../src/api/types";
import {
  FIELDS, filled, noFields, readingsOf, registrationOf, type Scanned, unchecked,
} from "../src/parts/intake-form";

function scanned(...read: [ReadElement["field"], string][]): Scanned {
  const elements = read.map(([field, text]) => ({
    field, text, sure: 0.95, page: 0, bounds: [0, 0, 1, 1],
  }));
  return { file: new File([], "来文.png"), scan: { count: 1, pages: [], elements } };
}

test("of several files the first that has an element counts", () => {
  const files = [scanned(["number", "粤府〔2026〕1号"]), scanned(["number", "别的"], ["date", "2026-03-01"])];
  const found = readingsOf(files);
  expect(found.get("number")).toMatchObject({ text: "粤府〔2026〕1号", file: 0 });
  expect(found.get("date")).toMatchObject({ text: "2026-03-01", file: 1 });
});

test("a reading fills what is empty, confirms nothing, and leaves alone what a clerk wrote", () => {
  const written = { ...noFields, title: { text: "手写标题", checked: true } };
  const next = filled(written, readingsOf([scanned(["title", "识别标题"], ["urgency", "特急"])]));
  expect(next.title).toEqual({ text: "手写标题", checked: true });
  expect(next.urgency).toEqual({ text: "特急", checked: false });
  expect(unchecked(next)).toBe(FIELDS.length - 1);
});

test("what is sent is what stands in the fields", () => {
  const fields = filled(noFields, readingsOf([scanned(["sender", "某局"], ["urgency", "加急"])]));
  expect(registrationOf(fields)).toEqual({
    sender: "某局", number: "", title: "", urgency: "urgent", copy_number: "", addressees: "",
  });
  expect(registrationOf({ ...fields, date: { text: "2026-03-01", checked: true } }).date)
    .toBe("2026-03-01");
});

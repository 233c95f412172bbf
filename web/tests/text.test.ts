// Texts, files, times and addresses, as data.
import { describe, expect, test } from "vitest";
import { areaOf } from "../src/pages/area";
import type { FirstCheckItem } from "../src/api/types";
import { requestOf } from "../src/pages/act-dialog";
import { safeNext } from "../src/pages/login";
import { characters, toBody } from "../src/parts/body";
import { csv } from "../src/parts/csv";
import { commandName } from "../src/parts/timeline";
import { limit, size, time } from "../src/ui/format";
import { agentName } from "../src/ui/agent";

describe("a text", () => {
  test("keeps what the format knows and drops the rest", () => {
    const body = toBody({
      type: "doc",
      content: [
        { type: "heading", attrs: { level: 9, id: "x" }, content: [{ type: "text", text: "一" }] },
        { type: "paragraph", attrs: { textAlign: "left" }, content: [
          { type: "text", text: "甲", marks: [{ type: "bold" }, { type: "link" }] },
          { type: "hardBreak" },
          { type: "image" },
        ] },
        { type: "image", attrs: { digest: "ab", description: "图", width_mm: 80.4, src: "x" } },
        { type: "codeBlock", content: [{ type: "text", text: "乙" }] },
        { type: "table", content: [{ type: "tableRow", content: [
          { type: "tableCell", attrs: { colspan: 2, rowspan: 1, colwidth: null, bad: 1 },
            content: [{ type: "paragraph" }] },
        ] }] },
      ],
    });
    expect(body).toEqual({
      type: "doc",
      content: [
        { type: "heading", attrs: { level: 4 }, content: [{ type: "text", text: "一" }] },
        { type: "paragraph", content: [
          { type: "text", text: "甲", marks: [{ type: "bold" }] }, { type: "hardBreak" },
        ] },
        { type: "image", attrs: { digest: "ab", description: "图", width_mm: 80 } },
        { type: "table", content: [{ type: "tableRow", content: [
          { type: "tableCell", attrs: { colspan: 2, rowspan: 1 },
            content: [{ type: "paragraph", content: [] }] },
        ] }] },
      ],
    });
    expect(characters(body)).toBe(2);
  });
});

test("a cell that could run as a formula is disarmed, and quotes are doubled", () => {
  expect(csv([["=1+1", 'a"b', "甲,乙"]])).toBe(`\uFEFF'=1+1,"a""b","甲,乙"\r\n`);
});

test("times are Beijing's, and a limit at midnight is the day before", () => {
  expect(time(Date.UTC(2026, 10, 24, 16, 5))).toBe("2026-11-25 00:05");
  expect(limit(Date.UTC(2026, 10, 25, 16, 0))).toBe("2026-11-25");
  expect(limit(Date.UTC(2026, 10, 25, 2, 0))).toBe("2026-11-25 10:00");
});

test.each([
  [500, "500 B"],
  [2048, "2 KB"],
  [5_452_595, "5.2 MB"],
])("%d bytes read %s", (n, text) => {
  expect(size(n)).toBe(text);
});

test.each([
  ["440700-bgs", "440700000000"],
  ["440783108000", "440783108000"],
  [undefined, undefined],
  ["x", undefined],
])("the area of %s is %s", (unit, area) => {
  expect(areaOf(unit)).toBe(area);
});

test.each([
  ["/documents/x?a=1", "/documents/x?a=1"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["/login", "/"],
  [null, "/"],
])("after sign-in %s leads to %s", (next, place) => {
  expect(safeNext(next)).toBe(place);
});

test.each([
  ["documents.return", "退回"],
  ["submit", "提交"],
  ["unknown.thing", "unknown.thing"],
])("the command %s reads %s", (command, name) => {
  expect(commandName(command)).toBe(name);
});

test("an act lacks a reason, a post or a unit before it can be sent", () => {
  const form = { opinion: " ", target: "draft", direct: false, to: undefined, units: [],
    lead: undefined, firstCheck: undefined, byHand: {}, prints: null, retention: "permanent", proposal: null } as const;
  const action = (name: string) => ({ name, node: "n", post: "p", targets: [] });
  const tell = (name: string) => requestOf(action(name), { ...form, units: [], posts: [] });
  expect(tell("return")).toBe("请写明理由。");
  expect(tell("transfer")).toBe("请选择岗位。");
  expect(tell("relay")).toBe("请选择至少一个机构。");
  expect(tell("archive")).toEqual({ do: "archive", retention: "permanent", reason: "" });
  const proposal = { retention: "permanent", article: "8号令第七条（一）", why: "规定" } as const;
  const shorter = { ...form, retention: "ten_years", proposal } as const;
  expect(requestOf(action("archive"), { ...shorter, units: [], posts: [] })).toBe("请说明为何短于建议的保管期限。");
  expect(tell("submit")).toEqual({ do: "submit" });
});

test("what was received is checked item by item before 拟办, or goes back with what failed", () => {
  const form = { opinion: "拟请局长批示。", target: "", direct: false, to: undefined, units: [],
    lead: undefined, posts: [], byHand: {}, prints: null, retention: "permanent", proposal: null };
  const tell = (name: string, firstCheck: FirstCheckItem[] | undefined) =>
    requestOf({ name, node: "propose", post: "p", targets: [] },
      { ...form, retention: "permanent", firstCheck });
  const all: FirstCheckItem[] = ["competence", "route", "form", "consultation", "drafting"];
  expect(tell("approve", all.slice(1))).toBe("请逐项初审后再拟办；不符合规定的，请退文。");
  expect(tell("approve", all)).toMatchObject({ do: "approve", checked: all });
  expect(tell("approve", undefined)).not.toHaveProperty("checked");
  expect(tell("return_document", [])).toBe("请选择不符合规定的初审项。");
  expect(tell("return_document", ["form"])).toMatchObject({ failed: ["form"] });
});

test("a browser is called as its owner knows it", () => {
  const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(agentName(`${windows} Chrome/140.0 Safari/537.36`)).toBe("Chrome浏览器，Windows");
  expect(agentName(`${windows} Chrome/140.0 Safari/537.36 Edg/140.0`)).toBe("Edge浏览器，Windows");
  expect(agentName("curl/8.0")).toBe("curl/8.0");
});

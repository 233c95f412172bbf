// A renamed field or column is renamed wherever the process's texts name it, and nowhere else.
import { expect, test } from "vitest";
import { renamedInFlow, renamedInScenario } from "../src/parts/flow-rename";

const cases: [string, string][] = [
  ["step a \"甲\" by leader require 甲,金额", "step a \"甲\" by leader require 甲,总额"],
  ["any b \"金额\" by form.金额 due form.金额 hide 金额 sign", "any b \"金额\" by form.总额 due form.总额 hide 总额 sign"],
  ["when form.金额 > 5 and form.类别 = \"金额\" {", "when form.总额 > 5 and form.类别 = \"金额\" {"],
  ["when form.金额上限 > form.核定金额 {", "when form.金额上限 > form.核定金额 {"],
  ["when some 行 in form.金额 satisfies 行.金额 > 5 {", "when some 行 in form.总额 satisfies 行.金额 > 5 {"],
  ["step c \"c\" by head back a(direct unless 甲,金额),b write 金额", "step c \"c\" by head back a(direct unless 甲,总额),b write 总额"],
  ["# 金额 by form.金额", "# 金额 by form.金额"],
  ["call d \"x\" of cw14 each form.金额 async", "call d \"x\" of cw14 each form.总额 async"],
  ["step 金额 \"x\" by duty:drafter@form.金额+same:金额", "step 金额 \"x\" by duty:drafter@form.总额+same:金额"],
];

test.each(cases)("%s", (before, after) => {
  const told = renamedInFlow(`first\n${before}\n`, { from: "金额", to: "总额" });
  expect(told.text).toBe(`first\n${after}\n`);
  expect(told.lines).toEqual(before === after ? [] : [2]);
});

const columns: [string, string][] = [
  ["when some 行 in form.明细 satisfies 行.金额 > form.金额 {",
    "when some 行 in form.明细 satisfies 行.总额 > form.金额 {"],
  ["when every 行 in form.别表 satisfies 行.金额 > 5 {",
    "when every 行 in form.别表 satisfies 行.金额 > 5 {"],
  ["when some 行 in form.明细 satisfies 行.金额 > 5 and some 行 in form.别表 satisfies 行.金额 > 5 {",
    "when some 行 in form.明细 satisfies 行.总额 > 5 and some 行 in form.别表 satisfies 行.金额 > 5 {"],
  ["when sum(form.明细.金额) > form.金额 {", "when sum(form.明细.总额) > form.金额 {"],
  ["when form.明细[1].金额 > 5 and 金额 {", "when form.明细[1].总额 > 5 and 金额 {"],
  ["when count(form.明细[金额 > form.金额 and item.金额 < 9]) > 0 {",
    "when count(form.明细[总额 > form.金额 and item.总额 < 9]) > 0 {"],
  ["when sum(for 行 in form.明细[类 = \"金额\"] return 行.金额) > 5 {",
    "when sum(for 行 in form.明细[类 = \"金额\"] return 行.总额) > 5 {"],
  ["when count(form.别表[金额 > 5]) > 0 and form.别表.金额 {",
    "when count(form.别表[金额 > 5]) > 0 and form.别表.金额 {"],
  ["step a \"甲\" by leader require 甲,金额 write 明细", "step a \"甲\" by leader require 甲,金额 write 明细"],
];

test.each(columns)("a column in %s", (before, after) => {
  const told = renamedInFlow(before, { from: "金额", to: "总额", table: "明细" });
  expect(told.text).toBe(after);
  expect(told.lines).toEqual(before === after ? [] : [1]);
});

test("a scenario that fills the field, or the table's rows, follows", () => {
  const field = renamedInScenario(
    "场景：金额=1\n填写：事由=金额；金额=128.00\n填写: 金额 ＝ 5；金额上限=金额=3",
    { from: "金额", to: "总额" },
  );
  expect(field.text)
    .toBe("场景：金额=1\n填写：事由=金额；总额=128.00\n填写: 总额 ＝ 5；金额上限=金额=3");
  expect(field.lines).toEqual([2, 3]);
  const column = renamedInScenario(
    '填写：金额=1；明细=[{"金额": 5, "类": "金额"}]；别表=[{"金额":5}]',
    { from: "金额", to: "总额", table: "明细" },
  );
  expect(column.text).toBe('填写：金额=1；明细=[{"总额": 5, "类": "金额"}]；别表=[{"金额":5}]');
});

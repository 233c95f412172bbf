// A renamed field is renamed wherever the process's text names it, and nowhere else.
import { expect, test } from "vitest";
import { withRenamedField } from "../src/parts/flow-rename";

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
  const told = withRenamedField(`first\n${before}\n`, "金额", "总额");
  expect(told.flow).toBe(`first\n${after}\n`);
  expect(told.lines).toEqual(before === after ? [] : [2]);
});

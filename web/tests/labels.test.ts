// What a label of a drawing shows of a long condition.
import { expect, test } from "vitest";
import { shortened } from "../src/parts/bpmn-labels";

test("what has room is shown whole, and what has none says that it goes on", () => {
  expect(shortened("form.金额 > 5", 90)).toBe("form.金额 > 5");
  expect(shortened("form.代表到会人数 * 3 >= form.应到代表人数", 120)).toBe("form.代表到会人数…");
  expect(shortened("", 90)).toBe("");
});

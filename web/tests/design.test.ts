// Designing a process: lines and drawings, rights in the text, fields in the form, differences.
import { describe, expect, it } from "vitest";
import {
  fieldNames, moved, readForm, renamed, rightOf, withNewField, withoutField, withRequired,
  withRight, writtenForm,
} from "../src/parts/form-design";
import { lineDiff, paired, withGaps } from "../src/parts/line-diff";
import { drawnLines, fieldChanges, stepAt, stepChanges } from "../src/parts/process-lines";

const FLOW = `process cw14 "经费" v1 in finance
basis "法"
start by anyone
# 注释
step fill "填报" by starter
choose {
  when form.金额 > 5 {
    step head "write 负责人" by head due 1wd require 金额 mandatory when form.甲 = " write 乙 "
  }
}
choose {
  else {
    cc tell "告知" by head
  }
}
end
`;

describe("lines", () => {
  it("finds the line of a step, of a gateway and of the join that closes it", () => {
    const lines = drawnLines(FLOW);
    expect(lines.get("fill")).toBe(5);
    expect(lines.get("choose")).toBe(6);
    expect(lines.get("choose_2")).toBe(11);
    expect(lines.get("choose_2_join")).toBe(11);
    expect(lines.get("head_when")).toBe(8);
    expect(stepAt(FLOW, 8)).toBe("head");
    expect(stepAt(FLOW, 6)).toBeUndefined();
  });

  it("tells which steps came, went and changed", () => {
    const other = FLOW.replace("by starter", "by head").replace("cc tell", "cc told");
    const { added, removed, changed } = stepChanges(FLOW, other);
    expect(added.map((step) => step.id)).toEqual(["told"]);
    expect(removed.map((step) => step.id)).toEqual(["tell"]);
    expect(changed.map(({ to }) => to.id)).toEqual(["fill"]);
  });
});

describe("rights", () => {
  const line = 8;
  const text = (flow: string) => flow.split("\n")[line - 1]?.trim() ?? "";

  it("reads clauses, and no texts in quotes", () => {
    expect(rightOf(text(FLOW), "金额")).toBe("require");
    expect(rightOf(text(FLOW), "负责人")).toBe("read");
    expect(rightOf(text(FLOW), "乙")).toBe("read");
  });

  it("writes them where the notation wants them", () => {
    const hidden = withRight(withRight(FLOW, line, "金额", "hide"), line, "丙", "write");
    expect(text(hidden)).toBe(
      'step head "write 负责人" by head due 1wd write 丙 hide 金额 mandatory ' +
      'when form.甲 = " write 乙 "',
    );
    expect(withRight(withRight(FLOW, line, "金额", "read"), line, "金额", "require")).toBe(FLOW);
  });
});

describe("fields", () => {
  const form = {
    type: "object",
    properties: { 甲: { type: "string" as const }, 乙: { type: "integer" as const } },
    required: ["甲"],
    "x-title": "甲",
    "x-layout": [{ section: "基本", rows: [["甲", "乙"]] }],
  };

  it("are renamed, moved and removed everywhere they stand", () => {
    const other = renamed(form, "甲", "丙");
    expect(other["x-layout"]?.[0]?.rows).toEqual([["丙", "乙"]]);
    expect([other.required, other["x-title"]]).toEqual([["丙"], "丙"]);
    expect(fieldNames(moved(other, "乙", -1))).toEqual(["乙", "丙"]);
    expect(Object.keys(moved(other, "乙", -1).properties ?? {})).toEqual(["乙", "丙"]);
    const gone = withoutField(other, "丙");
    expect([gone.required, gone["x-title"], fieldNames(gone)]).toEqual([[], undefined, ["乙"]]);
  });

  it("are added with a name of their own", () => {
    const called = (number: number) => `新字段${String(number)}`;
    const twice = withNewField(withNewField(form, called), called);
    expect(fieldNames(twice)).toEqual(["甲", "乙", "新字段1", "新字段2"]);
    expect(twice["x-layout"]?.[0]?.rows).toEqual([["甲", "乙"], ["新字段1"], ["新字段2"]]);
    expect(withRequired(twice, "乙", true).required).toEqual(["甲", "乙"]);
  });

  it("are read from the text they are written to", () => {
    expect(readForm(writtenForm(form))).toEqual({ form });
    expect(readForm("{")).toHaveProperty("broken");
    expect(readForm("[]")).toHaveProperty("broken");
    const changed = fieldChanges(writtenForm(form), writtenForm(withRequired(form, "乙", true)));
    expect(changed.changed.map(({ to }) => to.name)).toEqual(["乙"]);
    const laid = (field: string) => `{"properties":{"丁":${field}}}`;
    const one = fieldChanges(laid('{"type":"string","format":"text"}'),
      laid('{"format":"text","type":"string"}'));
    expect(one.changed).toEqual([]);
  });
});

describe("differences", () => {
  it("stand beside each other, and long runs without any are left out", () => {
    const before = Array.from({ length: 20 }, (_, at) => `行${String(at)}`).join("\n");
    const lines = lineDiff(before, before.replace("行10", "新行"));
    const shown = withGaps(lines);
    expect(shown[0]).toEqual({ standing: "gap", count: 7 });
    expect(shown.at(-1)).toEqual({ standing: "gap", count: 6 });
    const row = paired(shown).find((one) => !("standing" in one) && one.left !== one.right);
    expect(row).toEqual({
      left: { standing: "deleted", text: "行10", from: 11 },
      right: { standing: "inserted", text: "新行", to: 11 },
    });
  });

  it("leave no single line out: it is as short as what would stand in its place", () => {
    const told = (count: number) => {
      const before = `甲\n${"行\n".repeat(count)}乙\n`;
      return withGaps(lineDiff(before, before.replace("甲", "新").replace("乙", "末")))
        .filter(({ standing }) => standing === "gap");
    };
    expect(told(7)).toEqual([]);
    expect(told(8)).toEqual([{ standing: "gap", count: 2 }]);
  });
});

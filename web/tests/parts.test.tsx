// What the parts show of what they are given.
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { Problem } from "../src/api/problem";
import { items, lines, opinions, problem, receipts, stages } from "../src/pages/dev-samples";
import { DistributionGrid, gridRows } from "../src/parts/distribution-grid";
import { matterAddress, matterRows } from "../src/parts/matter-list";
import { OpinionList } from "../src/parts/opinion-list";
import { ProblemNote } from "../src/parts/problem-note";
import { StateLine } from "../src/parts/state-line";
import { Timeline } from "../src/parts/timeline";
import { folded, VersionCompare } from "../src/parts/version-compare";

describe("the state line", () => {
  test("marks the present step and says who has it and until when", () => {
    render(<StateLine stages={stages} />);
    const now = screen.getAllByRole("listitem").find((one) => one.ariaCurrent === "step"
      || one.getAttribute("aria-current") === "step");
    expect(now?.textContent).toContain("签发");
    expect(now?.textContent).toContain("何靖");
    expect(now?.textContent).toContain("2026-11-24 15:00 前办理");
  });
  test("says when nothing was submitted yet", () => {
    render(<StateLine stages={[]} />);
    expect(screen.getByText("尚未提交")).toBeTruthy();
  });
});

test("opinions keep the server's order and say which version was seen", () => {
  render(<OpinionList opinions={opinions} />);
  const texts = screen.getAllByRole("listitem").map((one) => one.textContent);
  expect(texts.map((text) => text.slice(0, 4))).toEqual(["签发同意", "核稿格式", "核稿退回"]);
  expect(texts[2]).toContain("针对第1稿");
});

test("an approval is told by its step, not as 同意 each time", () => {
  const [said] = opinions.filter((one) => one.decision === "approve");
  if (said === undefined) throw new Error("no opinion approves");
  const { seq, time_ms, person, post, unit, step } = said;
  const at = { time_ms, person, post, unit, facts: ["flowed"] };
  const entries = [
    { seq: seq - 1, command: "document.submit", ...at },
    { seq, command: "document.approve", ...at },
    { seq: seq + 1, command: "document.approve", ...at },
    { seq: seq + 2, command: "document.distribute", ...at, facts: ["replaced"] },
  ];
  render(<Timeline entries={entries} opinions={opinions} />);
  const told = screen.getAllByRole("listitem").map((one) =>
    one.querySelector(".timeline-what")?.textContent);
  expect(told).toEqual(["提交", step, "同意", "由更正件更正"]);
});

describe("the comparison", () => {
  test("sets inserted and deleted pieces apart", () => {
    const { container } = render(<VersionCompare lines={lines} />);
    const text = (tag: string) =>
      [...container.querySelectorAll(`.compare-text ${tag}`)].map((one) => one.textContent);
    expect(text("del")).toEqual(["百"]);
    expect(text("ins")).toEqual(["千", "特此通知。"]);
  });
  test("folds what did not change", () => {
    expect(folded(lines).map((run) => run.kind)).toEqual(["gap", "line", "line"]);
  });
  test("says when two versions are the same", () => {
    render(<VersionCompare lines={[{ pieces: [{ standing: "kept", text: "甲" }] }]} />);
    expect(screen.getByText("两稿相同。")).toBeTruthy();
  });
});

describe("the distribution grid", () => {
  test("exports a row a unit under one head", () => {
    expect(gridRows(receipts).map((row) => row.slice(0, 3))).toEqual([
      ["机构", "类别", "状态"],
      ["广州市", "主送", "办理中"],
      ["深圳市", "主送", "待签收"],
      ["江门市", "主送", "已退文"],
      ["省财政厅", "抄送", "待签收"],
    ]);
  });
  test("narrows to units that have not acknowledged", async () => {
    render(<DistributionGrid receipts={receipts} />);
    expect(screen.getByText("1/4 已签收")).toBeTruthy();
    await userEvent.click(screen.getByText("未签收 3"));
    expect(screen.queryByText("广州市")).toBeNull();
    expect(screen.getByText("深圳市")).toBeTruthy();
    await userEvent.click(screen.getByText("已退文 1"));
    expect(screen.queryByText("深圳市")).toBeNull();
    expect(screen.getByText("江门市")).toBeTruthy();
  });
});

describe("a list of matters", () => {
  test("exports what is on screen, in words", () => {
    const [head, first, second, , provisional] = matterRows(items);
    expect(head).toEqual(
      ["紧急程度", "类别", "标题", "环节", "状态", "来文单位", "到达时间", "办理时限"],
    );
    expect(first?.slice(0, 2)).toEqual(["特急", "发文"]);
    expect(second?.[1]).toBe("收文");
    expect(second?.[7]).toBe("2026-11-24 11:00");
    expect(provisional?.[7]).toContain("暂按法定节假日推算，待国务院办公厅通知");
  });
  test("addresses a received document without a dot", () => {
    expect(matterAddress("incoming", "d1.440700-bgs")).toBe("/incoming/d1/440700-bgs");
    expect(matterAddress("document", "d1")).toBe("/documents/d1");
  });
});

test("a refusal shows its sentence, its rule and the next step", () => {
  render(<ProblemNote problem={new Problem(problem)} />);
  const text = screen.getByRole("alert").textContent;
  for (const part of [problem.title, problem.rule, problem.next, problem.code]) {
    expect(text).toContain(part);
  }
});

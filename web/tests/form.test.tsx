// A form's fields: their kinds, their values as sent and as shown, and what is wrong with them.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { FormSchema, WorkAction } from "../src/api/work-types";
import { FormFields } from "../src/pages/form-fields";
import { FormShown } from "../src/pages/form-shown";
import { changed, workRequest } from "../src/pages/work-request";
import {
  fen, filled, kindOf, laterFields, localOf, moneyText, problems, sections, timeOf,
} from "../src/parts/form-values";
import { limitWords, whoWords } from "../src/parts/process-words";

afterEach(cleanup);

const form: FormSchema = {
  properties: {
    事由: { type: "string", maxLength: 5 },
    金额: { type: "integer", format: "money", minimum: 100 },
    类别: { type: "string", enum: ["会议", "培训"] },
    时间: { type: "string", format: "date-time" },
    急件: { type: "boolean" },
    审核意见: { type: "string", format: "text", maxLength: 20 },
    明细: {
      type: "array",
      items: { type: "object", properties: { 名称: { type: "string", maxLength: 3 } } },
    },
  },
  required: ["事由", "金额"],
  "x-layout": [
    { section: "基本情况", rows: [["事由"], ["金额", "类别"]] },
    { section: "审核", rows: [["审核意见"]] },
  ],
};

test("money is fen on the wire and yuan on the page", () => {
  expect(fen(1280.55)).toBe(128055);
  expect(fen(0.29)).toBe(29);
  expect(moneyText(12800000)).toBe("128,000.00元");
});

test("a time is Beijing's whatever the machine's own", () => {
  expect(timeOf("2026-09-30T17:00")).toBe("2026-09-30T17:00:00+08:00");
  expect(localOf("2026-09-30T17:00:00+08:00")).toBe("2026-09-30T17:00");
});

test("kinds are read from the schema", () => {
  const kind = (format: string) => kindOf({ type: "array", items: { type: "string", format } });
  expect([kind("unit"), kind("post"), kind("person"), kind("file")])
    .toEqual(["units", "posts", "persons", "files"]);
  expect(kindOf({ type: "array", items: { type: "string", enum: ["甲"] } })).toBe("choices");
  expect(kindOf({ type: "array", items: { type: "object" } })).toBe("table");
});

test("what is empty is not sent", () => {
  expect(filled({ 事由: " 甲 ", 类别: "", 急件: false, 明细: [{ 名称: "" }, { 名称: "乙" }] }))
    .toEqual({ 事由: "甲", 急件: false, 明细: [{ 名称: "乙" }] });
});

test("what is missing, too long, too small or not listed is told by field", () => {
  const found = problems(form, { 事由: "一二三四五六", 金额: 1, 类别: "办公" }, ["审核意见"]);
  expect(found).toEqual({
    事由: "不超过5字。",
    金额: "不小于1.00元。",
    类别: "请在所列选项中选择。",
    审核意见: "请填写此项。",
  });
  expect(problems(form, { 明细: [{ 名称: "一二三四" }] }, []).明细).toContain("第1行名称");
});

test("fields stand as laid out, the others last", () => {
  expect(sections(form, (name) => name !== "审核意见")).toEqual([
    { title: "基本情况", rows: [["事由"], ["金额", "类别"]] },
    { title: "其他", rows: [["时间"], ["急件"], ["明细"]] },
  ]);
});

test("the starter is not asked for what later steps fill", () => {
  const flow = 'step fill "填报" by starter write 类别\n' +
    'any check "审核" by duty:reviewer require 审核意见,事由 noadd\n' +
    'step report "反馈" by starter require 结果\n';
  expect([...laterFields(form, flow)]).toEqual(["审核意见", "结果"]);
});

test("only what changed goes with an act, and null takes a value away", () => {
  expect(changed({ 事由: "甲", 金额: 1 }, { 事由: "乙" })).toEqual({ 事由: "乙", 金额: null });
  const action: WorkAction = {
    name: "return", step: "s", step_name: "审核", post: "p",
    targets: [], holders: [], write: [], require: [], choices: [],
  };
  const told = {
    opinion: " ", target: "fill", way: "direct" as const, posts: [], choice: "",
    granted: true, values: {},
  };
  expect(workRequest(action, told, {})).toBe("请写明理由。");
  expect(workRequest(action, { ...told, opinion: "补" }, {}))
    .toEqual({ do: "return", step: "s", target: "fill", way: "direct", opinion: "补" });
});

test("limits and people are said in words", () => {
  expect(["5wd", "2h", "30d", "today", "3mo", "form.截止"].map(limitWords))
    .toEqual(["5个工作日", "2小时", "30日", "当日", "3个月", "按“截止”"]);
  expect(whoWords("duty:clerk+head@+1")).toBe("文书、上一级的主要负责人");
  expect(whoWords("same:fill", { fill: "填报" })).toBe("“填报”的办理人");
  expect(whoWords("post:440000-11.jz")).toBe("post:440000-11.jz");
});

function withCache(child: React.ReactNode) {
  return <QueryClientProvider client={new QueryClient()}>{child}</QueryClientProvider>;
}

test("a form is filled in by label", () => {
  const onChange = vi.fn();
  render(withCache(<FormFields form={form} values={{}} required={["事由"]}
    wrong={{ 事由: "请填写此项。" }} onChange={onChange} />));
  fireEvent.change(screen.getByLabelText("金额"), { target: { value: "12.5" } });
  expect(onChange).toHaveBeenLastCalledWith({ 金额: 1250 });
  fireEvent.change(screen.getByLabelText("时间"), { target: { value: "2026-09-30T17:00" } });
  expect(onChange).toHaveBeenLastCalledWith({ 时间: "2026-09-30T17:00:00+08:00" });
  fireEvent.click(screen.getByRole("button", { name: "加一行（明细）" }));
  expect(onChange).toHaveBeenLastCalledWith({ 明细: [{}] });
  expect(screen.getByRole("alert").textContent).toBe("请填写此项。");
});

test("a filled form is read", () => {
  render(withCache(<FormShown form={form} files={[]}
    values={{ 金额: 128050, 急件: true, 明细: [{ 名称: "桌椅" }] }} />));
  expect(screen.getByText("1,280.50元")).toBeTruthy();
  expect(screen.getByText("是")).toBeTruthy();
  expect(screen.getByRole("columnheader", { name: "名称" })).toBeTruthy();
  expect(screen.queryByText("事由")).toBeNull();
});

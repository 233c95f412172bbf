// What one writes survives the page, and every tab keeps its own.
import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { keptDrafts, readDraft, useDraft, writeDraft } from "../src/hooks/draft";

function open(key: string) {
  return renderHook(() => useDraft<string>(key));
}

test("a draft is kept when the page goes, and found when it comes back", async () => {
  const first = open("a");
  act(() => { first.result.current.keep("未写完"); });
  first.unmount();
  const second = open("a");
  await waitFor(() => { expect(second.result.current.found?.value).toBe("未写完"); });
});

test("a saved draft is dropped, with what was still to be written", () => {
  vi.useFakeTimers();
  const hook = open("b");
  act(() => { hook.result.current.keep("甲"); });
  act(() => { hook.result.current.drop(); });
  act(() => { vi.runAllTimers(); });
  hook.unmount();
  expect(keptDrafts("b")).toEqual([]);
  vi.useRealTimers();
});

test("two tabs know of one another, and neither writes over the other's text", async () => {
  const one = open("c");
  const two = open("c");
  await waitFor(() => {
    expect([one.result.current.elsewhere, two.result.current.elsewhere]).toEqual([true, true]);
  });
  act(() => { one.result.current.keep("甲"); });
  act(() => { two.result.current.keep("乙"); });
  await waitFor(() => {
    expect(keptDrafts<string>("c").map(({ value }) => value).sort()).toEqual(["乙", "甲"]);
  });
  expect(two.result.current.found).toBeUndefined();
  one.unmount();
  await waitFor(() => { expect(two.result.current.found?.value).toBe("甲"); });
  expect(two.result.current.elsewhere).toBe(false);
});

test("who takes up what was found leaves what he wrote in its place", async () => {
  writeDraft("d", "left", { time_ms: 1, value: "旧" });
  const hook = open("d");
  await waitFor(() => { expect(hook.result.current.found?.value).toBe("旧"); });
  act(() => { hook.result.current.keep("新"); });
  act(() => { hook.result.current.take(); });
  await waitFor(() => { expect(hook.result.current.found?.value).toBe("新"); });
  act(() => { hook.result.current.discard(); });
  expect(keptDrafts<string>("d").map(({ value }) => value)).toEqual(["旧"]);
});

test("what is laid aside is found again", async () => {
  const hook = open("e");
  act(() => { hook.result.current.keep("我的"); });
  act(() => { hook.result.current.setAside(); });
  await waitFor(() => { expect(hook.result.current.found?.value).toBe("我的"); });
  expect(hook.result.current.keptMs).toBeUndefined();
});

test("a full storage is told", async () => {
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const hook = open("f");
  act(() => { hook.result.current.keep("甲"); });
  await waitFor(() => { expect(hook.result.current.full).toBe(true); });
  full.mockRestore();
});

test("a broken draft is as none, and another's is another's", () => {
  localStorage.setItem("lingnan.draft.g#x", "{");
  writeDraft("g.h", "x", { time_ms: 1, value: "别的" });
  expect(keptDrafts("g")).toEqual([]);
  expect(readDraft("g.h", "x")).toEqual({ time_ms: 1, value: "别的" });
});

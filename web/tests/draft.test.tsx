// What one writes survives the page.
import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { readDraft, useDraft, writeDraft } from "../src/hooks/draft";

test("a draft is kept when the page goes, and found when it comes back", () => {
  const first = renderHook(() => useDraft<string>("a"));
  act(() => { first.result.current.keep("未写完"); });
  first.unmount();
  expect(renderHook(() => useDraft<string>("a")).result.current.found?.value).toBe("未写完");
});

test("a saved draft is dropped, with what was still to be written", () => {
  vi.useFakeTimers();
  const hook = renderHook(() => useDraft<string>("b"));
  act(() => { hook.result.current.keep("甲"); });
  act(() => { hook.result.current.drop(); });
  act(() => { vi.runAllTimers(); });
  hook.unmount();
  expect(readDraft("b")).toBeUndefined();
  vi.useRealTimers();
});

test("a broken draft is as none", () => {
  localStorage.setItem("lingnan.draft.c", "{");
  expect(readDraft("c")).toBeUndefined();
  expect(writeDraft("c", { time_ms: 1, value: "x" })).toBe(true);
  expect(readDraft("c")).toEqual({ time_ms: 1, value: "x" });
});

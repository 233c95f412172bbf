// The stream of news is opened again after the server refused it, and told of what was missed.
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { line, listen } from "../src/hooks/live";

// The browser's stream, written small: the test says what happens to it.
class Stream {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 0;
  onopen = () => { /* Set by whoever listens. */ };
  onerror = () => { /* Set by whoever listens. */ };
  constructor() { Stream.opened.push(this); }
  addEventListener() { /* News is not part of this test. */ }
  close() { this.readyState = Stream.CLOSED; }
  refuse() {
    this.readyState = Stream.CLOSED;
    this.onerror();
  }
}

beforeEach(() => {
  Stream.opened = [];
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Stream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a refused stream is opened again, each time after a longer wait", () => {
  const stop = listen(new QueryClient());
  Stream.opened[0]?.refuse();
  expect(line.connected).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(Stream.opened).toHaveLength(2);
  Stream.opened[1]?.refuse();
  vi.advanceTimersByTime(1_999);
  expect(Stream.opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(Stream.opened).toHaveLength(3);
  stop();
});

test("what happened while nobody listened is asked again", () => {
  const cache = new QueryClient();
  const asked = vi.spyOn(cache, "invalidateQueries");
  const stop = listen(cache);
  Stream.opened[0]?.onopen();
  expect(asked).not.toHaveBeenCalled();
  Stream.opened[0]?.refuse();
  vi.advanceTimersByTime(1_000);
  Stream.opened[1]?.onopen();
  expect(asked).toHaveBeenLastCalledWith();
  expect(line.connected).toBe(true);
  stop();
});

test("nothing is opened again once nobody listens", () => {
  const stop = listen(new QueryClient());
  Stream.opened[0]?.refuse();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(Stream.opened).toHaveLength(1);
});

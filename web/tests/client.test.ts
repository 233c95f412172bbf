// What the door to the server makes of answers.
import { afterEach, expect, test, vi } from "vitest";
import { calls } from "../src/api/calls";
import { onSignedOut } from "../src/api/client";
import { Problem } from "../src/api/problem";

afterEach(() => { vi.unstubAllGlobals(); });

// The outside world, written small: one answer for whatever is asked.
function world(respond: (request: Request) => Response): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(request);
    return Promise.resolve(respond(request));
  });
  return asked;
}

async function refused(call: Promise<unknown>): Promise<Problem> {
  const error: unknown = await call.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof Problem)) throw new Error("it was not refused");
  return error;
}

test("an answer comes as it is", async () => {
  const asked = world(() => Response.json({ items: [] }));
  expect(await calls.inbox("todo", "防汛")).toEqual({ items: [] });
  expect(decodeURI(asked[0]?.url ?? "")).toBe("http://localhost:3000/api/inbox?box=todo&q=防汛");
});

test("a refusal is thrown with its code", async () => {
  world(() => Response.json({ title: "已有人先办。", code: "stale", status: 409 }, { status: 409 }));
  const problem = await refused(calls.document("x"));
  expect([problem.message, problem.isStale]).toEqual(["已有人先办。", true]);
});

test("whoever listens is told that the session is over", async () => {
  world(() => Response.json({ title: "过期", code: "auth", status: 401 }, { status: 401 }));
  let told = 0;
  const stop = onSignedOut(() => { told += 1; });
  await refused(calls.sessions());
  stop();
  expect(told).toBe(1);
});

test("an answer that is no problem document is still a sentence", async () => {
  world(() => new Response("<html>", { status: 502 }));
  expect((await refused(calls.checkpoint())).body.status).toBe(502);
});

test("no connection is a sentence too", async () => {
  world(() => { throw new TypeError("failed to fetch"); });
  expect((await refused(calls.checkpoint())).body.code).toBe("web.network");
});

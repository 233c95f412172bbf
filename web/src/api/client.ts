// One door to the server: a request either gives its answer or throws a Problem.
import createClient, { type Middleware } from "openapi-fetch";
import { v7 as uuid } from "uuid";
import { networkProblem, problemOf } from "./problem";
import type { paths } from "./schema";

const signedOut = new Set<() => void>();
const unproved = new Set<() => void>();

/** Calls back whenever the server says that nobody is signed in. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Calls back whenever the server asks for a fresh proof of who one is. */
export function onUnproved(listener: () => void): () => void {
  unproved.add(listener);
  return () => unproved.delete(listener);
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.clone().json();
  } catch {
    return undefined;
  }
}

const problems: Middleware = {
  onError: ({ error }) => {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return networkProblem();
  },
  onResponse: async ({ response }) => {
    if (response.ok) return undefined;
    const problem = problemOf(response.status, await json(response));
    if (problem.isSignedOut) signedOut.forEach((tell) => { tell(); });
    if (problem.body.code === "auth.step_up") unproved.forEach((tell) => { tell(); });
    throw problem;
  },
};

export const server = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that a test can put its own in place.
  fetch: (request) => globalThis.fetch(request),
});
server.use(problems);

/** The answer of a call that cannot have failed: a failure was thrown. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw problemOf(0, undefined);
  return data;
}

/**
 * A new act's id; the same one is sent again when an act is retried. UUID version 7 begins with the
 * time, so that the journal's index of ids grows at one end.
 */
export const newActId = (): string => uuid();

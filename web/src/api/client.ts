// One door to the server: a request either gives its answer or throws a Problem.
import { networkProblem, problemOf } from "./problem";

type Query = Record<string, string | number | undefined>;

const signedOut = new Set<() => void>();

/** Calls back whenever the server says that nobody is signed in. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

function address(path: string, query?: Query): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text === "" ? `/api${path}` : `/api${path}?${text}`;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw networkProblem();
  }
}

async function answer(response: Response): Promise<unknown> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text === "" ? undefined : JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (response.ok) return body;
  const problem = problemOf(response.status, body);
  if (problem.isSignedOut) signedOut.forEach((tell) => { tell(); });
  throw problem;
}

export async function read(path: string, query?: Query, signal?: AbortSignal): Promise<unknown> {
  const headers = { accept: "application/json" };
  return answer(await send(address(path, query), signal ? { headers, signal } : { headers }));
}

export async function act(method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const init: RequestInit = { method, headers };
  if (body !== undefined) init.body = JSON.stringify(body);
  return answer(await send(address(path), init));
}

/** Sends a file as it is. */
export async function upload(path: string, query: Query, file: Blob): Promise<unknown> {
  const headers = { "content-type": "application/octet-stream" };
  return answer(await send(address(path, query), { method: "POST", headers, body: file }));
}

/** A new act's id; the same one is sent again when an act is retried. */
export function newActId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What the server answers when a request does not succeed (RFC 9457).
import { zh } from "../i18n/zh-cn";
import type { ProblemBody } from "./types";

export class Problem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.title);
    this.name = "Problem";
    this.body = body;
  }

  get isSignedOut(): boolean {
    return this.body.status === 401;
  }

  get isStale(): boolean {
    return this.body.status === 409;
  }
}

/** The server could not be reached at all. */
export function networkProblem(): Problem {
  return new Problem({
    type: "about:blank",
    title: zh.problem.network,
    status: 0,
    code: "web.network",
    next: zh.problem.networkNext,
  });
}

/** Anything thrown, as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    type: "about:blank",
    title: zh.problem.unreadable,
    status: 0,
    code: "web.unreadable",
    next: zh.problem.networkNext,
  });
}

/** Whether one may no longer see what one asked for; anything else that fails may pass again. */
export function isGone(error: unknown): boolean {
  if (error === null || error === undefined) return false;
  const { status } = asProblem(error).body;
  return status === 403 || status === 404;
}

/** Reads an error answer; a body that is no problem document still gives one. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "title" in body && "code" in body) {
    return new Problem(body as ProblemBody);
  }
  return new Problem({
    type: "about:blank",
    title: zh.problem.unreadable,
    status,
    code: "web.unreadable",
    next: zh.problem.networkNext,
  });
}

// What pages ask of the library of processes and of the matters that run by them.
import { answer, server } from "./client";
import type { ActEnvelope } from "./types";
import type { LibraryRequest, MonitorRequest, Values, WorkRequest } from "./work-types";

/** Leaves out what is empty. */
function given<T extends Record<string, string | undefined>>(query: T): Partial<T> {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(kept) as Partial<T>;
}

export interface Begun {
  act_id: string;
  as_post: string;
  code: string;
  fields: Values;
  submit: boolean;
  opinion: string;
}

export interface Texts {
  flow: string;
  form: string;
}

export const workflow = {
  processes: (q: string, domain: string, cursor?: string) =>
    answer(server.GET("/api/processes", { params: { query: given({ q, domain, cursor }) } })),
  process: (code: string) =>
    answer(server.GET("/api/processes/{code}", { params: { path: { code } } })),
  edition: (code: string, version: number) =>
    answer(server.GET("/api/processes/{code}/editions/{version}", {
      params: { path: { code, version } },
    })),
  /** The edition as BPMN; the one in use when none is named. */
  drawing: (code: string, edition?: number) =>
    answer(server.GET("/api/processes/{code}/drawing", {
      params: { path: { code }, query: edition === undefined ? {} : { edition } },
      parseAs: "text",
    })),
  importBpmn: (bpmn: string) => answer(server.POST("/api/processes/import", { body: { bpmn } })),
  trialSetup: (code: string) =>
    answer(server.GET("/api/processes/{code}/trial", { params: { path: { code } } })),
  check: (body: Texts) => answer(server.POST("/api/processes/check", { body })),
  rehearse: (body: Texts & { scenario: string }) =>
    answer(server.POST("/api/processes/rehearse", { body })),
  libraryAct: (code: string, body: Required<Omit<ActEnvelope<LibraryRequest>, "seen">>) =>
    answer(server.POST("/api/processes/{code}/acts", { params: { path: { code } }, body })),
  running: (code: string) =>
    answer(server.GET("/api/processes/{code}/running", { params: { path: { code } } })),
  runningMatters: (code: string, version: number, cursor?: string) =>
    answer(server.GET("/api/processes/{code}/running/matters", {
      params: { path: { code }, query: { version, ...given({ cursor }) } },
    })),
  start: (body: Begun) => answer(server.POST("/api/works", { body })),
  work: (id: string) => answer(server.GET("/api/works/{id}", { params: { path: { id } } })),
  workAct: (id: string, body: ActEnvelope<WorkRequest>) =>
    answer(server.POST("/api/works/{id}/acts", {
      params: { path: { id } },
      body,
    })),
  steps: () => answer(server.GET("/api/monitor/steps")),
  units: (cursor?: string) =>
    answer(server.GET("/api/monitor/units", { params: { query: given({ cursor }) } })),
  standing: (which: { code: string; step: string; unit: string }, cursor?: string) =>
    answer(server.GET("/api/monitor/works", {
      params: { query: given({ ...which, cursor }) },
    })),
  monitorAct: (id: string, act_id: string, as_post: string, request: MonitorRequest) =>
    answer(server.POST("/api/monitor/works/{id}/acts", {
      params: { path: { id } },
      body: { act_id, as_post, request },
    })),
};

/** Where a file of a matter's form is fetched. */
export function fileAddress(id: string, digest: string): string {
  return `/api/works/${encodeURIComponent(id)}/files/${digest}`;
}

/** Where a matter's archive package is fetched. */
export function packageAddress(id: string): string {
  return `/api/works/${encodeURIComponent(id)}/package`;
}

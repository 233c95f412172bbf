// Each operation of the server that a page uses, by its Chinese name's English one.
import { act, read, upload } from "./client";
import type * as t from "./types";

const segment = encodeURIComponent;

export const calls = {
  who: async () => (await read("/session")) as t.Who,
  signIn: async (username: string, password: string) =>
    (await act("POST", "/session", { username, password })) as t.Who,
  signOut: async () => { await act("DELETE", "/session"); },
  demoPeople: async () => (await read("/demo/people")) as t.DemoPerson[],
  demoSignIn: async (username: string) =>
    (await act("POST", "/demo/session", { username })) as t.Who,
  setupState: async () => (await read("/setup")) as t.SetupState,
  setup: async (setup: t.Setup) => { await act("POST", "/setup", setup); },
  sessions: async () => (await read("/sessions")) as t.SessionView[],
  endSession: async (id: string) => { await act("DELETE", `/sessions/${segment(id)}`); },
  changePassword: async (old: string, next: string) => {
    await act("POST", "/session/password", { old, new: next });
  },

  inbox: async (box: t.BoxName, q: string, cursor?: string) =>
    (await read("/inbox", { box, q: q === "" ? undefined : q, cursor })) as t.Page<t.InboxItem>,
  begin: async (begin: t.BeginAct) => (await act("POST", "/documents", begin)) as t.Done,
  document: async (id: string) => (await read(`/documents/${segment(id)}`)) as t.DocumentView,
  documentAct: async (id: string, sent: t.ActEnvelope<t.DocumentRequest>) =>
    (await act("POST", `/documents/${segment(id)}/acts`, sent)) as t.Done,
  compare: async (id: string, from: number, to: number) =>
    (await read(`/documents/${segment(id)}/compare`, { from, to })) as t.ComparedLine[],
  receipts: async (id: string) =>
    (await read(`/documents/${segment(id)}/receipts`)) as t.ReceiptView[],
  numbers: async (unit: string) => (await read(`/numbers/${segment(unit)}`)) as t.NumberView[],
  upload: async (file: File) =>
    (await upload("/attachments", { name: file.name }, file)) as t.Attachment,
  incoming: async (id: string) => (await read(`/incoming/${segment(id)}`)) as t.IncomingView,
  incomingAct: async (id: string, sent: t.ActEnvelope<t.IncomingRequest>) =>
    (await act("POST", `/incoming/${segment(id)}/acts`, sent)) as t.Done,

  units: async (parent?: string) => (await read("/directory/units", { parent })) as t.UnitView[],
  unit: async (id: string) => (await read(`/directory/units/${segment(id)}`)) as t.UnitCard,
  find: async (q: string, signal?: AbortSignal) =>
    (await read("/directory/search", { q }, signal)) as t.FoundView[],

  journal: async (cursor?: string) => (await read("/journal", { cursor })) as t.Page<t.ActView>,
  proof: async (seq: number) => (await read(`/journal/${seq}/proof`)) as t.ProofView,
  checkpoint: async () => (await read("/checkpoint")) as t.CheckpointView,
};

/** Where an attached file is fetched. */
export function attachmentAddress(document: string, digest: string): string {
  return `/api/documents/${segment(document)}/attachments/${segment(digest)}`;
}

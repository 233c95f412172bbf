// Each operation of the server that a page uses.
import { answer, server } from "./client";
import type * as t from "./types";

const session = {
  who: () => answer(server.GET("/api/session")),
  signOut: async () => { await server.DELETE("/api/session"); },
  demoPeople: () => answer(server.GET("/api/demo/people")),
  findDemoPeople: (q: string, signal: AbortSignal) =>
    answer(server.GET("/api/demo/people", { params: { query: { q } }, signal })),
  demoSignIn: (username: string) =>
    answer(server.POST("/api/demo/session", { body: { username } })),
  setupState: () => answer(server.GET("/api/setup")),
  setup: async (body: t.Setup) => { await server.POST("/api/setup", { body }); },
  sessions: () => answer(server.GET("/api/sessions")),
  endSession: async (id: string) => {
    await server.DELETE("/api/sessions/{id}", { params: { path: { id } } });
  },
  changePassword: async (old: string, next: string) => {
    await server.POST("/api/session/password", { body: { old, new: next } });
  },
};

const documents = {
  inbox: (box: t.BoxName, q: string, cursor?: string) =>
    answer(server.GET("/api/inbox", {
      params: { query: { box, ...(q !== "" && { q }), ...(cursor !== undefined && { cursor }) } },
    })),
  repealed: (cursor?: string) =>
    answer(server.GET("/api/exchange/repealed", {
      params: { query: cursor === undefined ? {} : { cursor } },
    })),
  exchange: (list: string, state: string, q: string, cursor?: string) =>
    answer(server.GET("/api/exchange", {
      params: {
        query: {
          list,
          ...(state !== "" && { state }),
          ...(q !== "" && { q }),
          ...(cursor !== undefined && { cursor }),
        },
      },
    })),
  search: (query: t.Sought) => answer(server.GET("/api/search", { params: { query } })),
  templates: () => answer(server.GET("/api/document-templates")),
  begin: (body: t.BeginAct) => answer(server.POST("/api/documents", { body })),
  document: (id: string) =>
    answer(server.GET("/api/documents/{id}", { params: { path: { id } } })),
  documentAct: (id: string, body: t.DocumentAct) =>
    answer(server.POST("/api/documents/{id}/acts", { params: { path: { id } }, body })),
  /** What the rules find in what is being written. */
  rulesWhileWriting: (body: t.Writing, signal: AbortSignal) =>
    answer(server.POST("/api/documents/rules", { body, signal })),
  /** What the rules find before an act. */
  rulesBefore: (id: string, stage: t.Stage) =>
    answer(server.GET("/api/documents/{id}/rules", {
      params: { path: { id }, query: { stage } },
    })),
  /** What an unsaved text changes of a version. */
  compareUnsaved: (id: string, number: number, body: t.Unsaved) =>
    answer(server.POST("/api/documents/{id}/versions/{number}/compare", {
      params: { path: { id, number } }, body,
    })),
  compare: (id: string, from: number, to: number) =>
    answer(server.GET("/api/documents/{id}/compare", {
      params: { path: { id }, query: { from, to } },
    })),
  receipts: (id: string) =>
    answer(server.GET("/api/documents/{id}/receipts", { params: { path: { id } } })),
  numbers: (unit: string, cursor?: string) =>
    answer(server.GET("/api/numbers/{unit}", {
      params: { path: { unit }, query: cursor === undefined ? {} : { cursor } },
    })),
  /** The file goes as it is; the described type of a binary body is a list of numbers. */
  upload: (file: File) =>
    answer(server.POST("/api/attachments", {
      params: { query: { name: file.name } },
      headers: { "content-type": "application/octet-stream" },
      body: file as unknown as number[],
      bodySerializer: () => file,
    })),
  picture: (id: string, digest: string): Promise<Blob> =>
    answer(server.GET("/api/documents/{id}/pictures/{digest}", {
      params: { path: { id, digest } }, parseAs: "blob",
    })),
  /** A Word file as a draft; nothing of it is kept. */
  importWord: (file: File, unit: string) =>
    answer(server.POST("/api/documents/import", {
      params: { query: { unit } },
      headers: { "content-type": "application/octet-stream" },
      body: file as unknown as number[],
      bodySerializer: () => file,
    })),
  print: (id: string) =>
    answer(server.GET("/api/documents/{id}/print", { params: { path: { id } } })),
  printPages: (id: string) =>
    answer(server.GET("/api/documents/{id}/print/pages", { params: { path: { id } } })),
  printPage: (id: string, number: number) =>
    answer(server.GET("/api/documents/{id}/print/pages/{number}", {
      params: { path: { id, number } }, parseAs: "text",
    })),
  attachmentPages: (id: string, digest: string) =>
    answer(server.GET("/api/documents/{id}/attachments/{digest}/pages", {
      params: { path: { id, digest } },
    })),
  attachmentPage: (id: string, digest: string, number: number) =>
    answer(server.GET("/api/documents/{id}/attachments/{digest}/pages/{number}", {
      params: { path: { id, digest, number } }, parseAs: "text",
    })),
  /** What is read of a file that came on paper; nothing of it is kept. */
  scan: (file: File) =>
    answer(server.POST("/api/documents/scan", {
      headers: { "content-type": "application/octet-stream" },
      body: file as unknown as number[],
      bodySerializer: () => file,
    })),
  register: (body: t.RegisterAct) => answer(server.POST("/api/documents/incoming", { body })),
  paperPages: (id: string, digest: string) =>
    answer(server.GET("/api/incoming/{id}/attachments/{digest}/pages", {
      params: { path: { id, digest } },
    })),
  paperPage: (id: string, digest: string, number: number) =>
    answer(server.GET("/api/incoming/{id}/attachments/{digest}/pages/{number}", {
      params: { path: { id, digest, number } }, parseAs: "text",
    })),
  relayed: (id: string) =>
    answer(server.GET("/api/incoming/{id}/receipts", { params: { path: { id } } })),
  incoming: (id: string) =>
    answer(server.GET("/api/incoming/{id}", { params: { path: { id } } })),
  incomingAct: (id: string, body: t.IncomingAct) =>
    answer(server.POST("/api/incoming/{id}/acts", { params: { path: { id } }, body })),
};

const messages = {
  messages: (unread: boolean, cursor?: string) =>
    answer(server.GET("/api/messages", {
      params: { query: { ...(unread && { unread }), ...(cursor !== undefined && { cursor }) } },
    })),
  unreadMessages: () => answer(server.GET("/api/messages/unread")),
  readMessages: async (ids: string[]) => {
    await server.POST("/api/messages/read", { body: { messages: ids } });
  },
  readAllMessages: async (until_ms: number) => {
    await server.POST("/api/messages/read-all", { body: { until_ms } });
  },
};

const directory = {
  units: (parent?: string) =>
    answer(server.GET("/api/directory/units", {
      params: { query: parent === undefined ? {} : { parent } },
    })),
  unit: (id: string) =>
    answer(server.GET("/api/directory/units/{id}", { params: { path: { id } } })),
  find: (q: string, signal: AbortSignal) =>
    answer(server.GET("/api/directory/search", { params: { query: { q } }, signal })),
};

const journal = {
  journal: ({ command, unit }: t.JournalFilter, cursor?: string) =>
    answer(server.GET("/api/journal", {
      params: {
        query: {
          ...(command !== "" && { command }),
          ...(unit !== "" && { unit }),
          ...(cursor !== undefined && { cursor }),
        },
      },
    })),
  proof: (seq: number) =>
    answer(server.GET("/api/journal/{seq}/proof", { params: { path: { seq } } })),
  checkpoint: () => answer(server.GET("/api/checkpoint")),
};

export interface ArchiveFilter {
  q: string;
  year: string;
  retention: string;
  only: string;
}

const archives = {
  archives: ({ q, year, retention, only }: ArchiveFilter, cursor?: string) =>
    answer(server.GET("/api/archives", {
      params: {
        query: {
          ...(q !== "" && { q }),
          ...(year !== "" && { year: Number(year) }),
          ...(retention !== "" && { retention }),
          ...(only !== "" && { only }),
          ...(cursor !== undefined && { cursor }),
        },
      },
    })),
  archive: (id: string) =>
    answer(server.GET("/api/archives/{id}", { params: { path: { id } } })),
  archiveAct: (id: string, body: t.ArchiveAct) =>
    answer(server.POST("/api/archives/{id}/acts", { params: { path: { id } }, body })),
  archiveFile: async (id: string, number: number) => {
    const path = { id, number };
    const told = await server.GET("/api/archives/{id}/files/{number}", {
      params: { path }, parseAs: "text",
    });
    return told.data as unknown as string;
  },
  destructions: () => answer(server.GET("/api/archives/destructions")),
  unfiled: () => answer(server.GET("/api/archives/unfiled")),
  fonds: () => answer(server.GET("/api/archives/fonds")),
  nameFonds: (body: t.FondsAct) => answer(server.POST("/api/archives/fonds", { body })),
};

export const calls = {
  ...session, ...documents, ...messages, ...directory, ...journal, ...archives,
};

/** Where an attached file is fetched. */
export function attachmentAddress(document: string, digest: string): string {
  const [id, file] = [encodeURIComponent(document), encodeURIComponent(digest)];
  return `/api/documents/${id}/attachments/${file}`;
}

/** Where a picture of a text is fetched; of what is not saved yet, from one's own uploads. */
export function pictureAddress(document: string | undefined, digest: string): string {
  const file = encodeURIComponent(digest);
  return document === undefined
    ? `/api/attachments/${file}`
    : `/api/documents/${encodeURIComponent(document)}/pictures/${file}`;
}

/** Where a file of what came on paper is fetched. */
export function paperAddress(id: string, digest: string): string {
  return `/api/incoming/${encodeURIComponent(id)}/attachments/${encodeURIComponent(digest)}`;
}

/** Where a document's printed page is fetched. */
export function wordAddress(document: string): string {
  return `/api/documents/${encodeURIComponent(document)}/word`;
}

export function printAddress(document: string): string {
  return `/api/documents/${encodeURIComponent(document)}/print`;
}

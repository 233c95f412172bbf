// Annexes and pictures of a Word file as files of the document that was made of it.
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import type { Body, WordDraft } from "../api/types";
import { prepared } from "../parts/picture-file";

export function annexFiles({ annexes }: WordDraft): File[] {
  return annexes.map(({ name, data }) => new File([bytes(data)], name));
}

function bytes(data: string) {
  return Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
}

/** Uploads the pictures of a text as they may stand in one, and names them in it. */
export async function withPictures({ pictures, body }: WordDraft): Promise<Body> {
  const named = new Map<string, string>();
  for (const { digest, name, data } of pictures) {
    const type = name.endsWith(".png") ? "image/png" : "image/jpeg";
    const { file } = await prepared(new File([bytes(data)], name, { type }));
    named.set(digest, (await calls.upload(file)).digest);
  }
  const content = (body.content ?? []).map((block) => (block.type === "image"
    ? { ...block, attrs: { ...block.attrs, digest: named.get(block.attrs.digest) ?? "" } }
    : block));
  return { ...body, content };
}

/** Attaches files to a document; what it has already stays as it is. */
export async function attachAll(id: string, post: string, files: readonly File[]): Promise<void> {
  for (const file of files) {
    const { digest } = await calls.upload(file);
    // Each file makes a version of its own.
    const { version } = await calls.document(id);
    await calls.documentAct(id, {
      act_id: newActId(), as_post: post, seen: version, request: { do: "attach", digest },
    });
  }
}

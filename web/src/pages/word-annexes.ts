// Annexes of a Word file as files of the document that was made of it.
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import type { WordDraft } from "../api/types";

export function annexFiles({ annexes }: WordDraft): File[] {
  return annexes.map(({ name, data }) =>
    new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
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

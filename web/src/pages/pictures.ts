// Pictures that a text takes with it into another document, which must have them itself.
import { calls } from "../api/calls";
import type { Body } from "../api/types";

/** Uploads the pictures of a document's text as one's own. */
export async function bringAlong(document: string, body: Body): Promise<void> {
  const all = (body.content ?? []).flatMap((block) => (block.type === "image" ? [block.attrs] : []));
  for (const digest of new Set(all.map((picture) => picture.digest))) {
    const bytes = await calls.picture(document, digest);
    await calls.upload(new File([bytes], `图片.${bytes.type === "image/png" ? "png" : "jpg"}`));
  }
}

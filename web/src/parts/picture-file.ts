// A picture as it may stand in a text: PNG or JPEG, upright, no larger than is printed.

/** What the server takes. */
const BYTES_MAX = 10 * 1024 * 1024;
/** The whole page at 300 dpi: more is not seen on paper. */
const WIDE_MAX = 2480;
const HIGH_MAX = 3508;
/** A larger PNG is a photograph. */
const DRAWING_MAX = 3 * 1024 * 1024;
/** Where a camera writes into a JPEG how it was held, and where it was. */
const EXIF_WITHIN = 64 * 1024;

export interface PictureFile {
  file: File;
  /** To be shown before the server has it. */
  src: string;
  /** Its width in millimetres, as wide as it is worth. */
  width: number;
}

export class Unfit extends Error {
  constructor(readonly why: "unreadable" | "tooLarge") {
    super(why);
  }
}

/** Redraws what is too large, of another kind, or tells where and how it was photographed. */
export async function prepared(file: File): Promise<PictureFile> {
  const bitmap = await createImageBitmap(file).catch(() => { throw new Unfit("unreadable"); });
  const shrunk = Math.min(1, WIDE_MAX / bitmap.width, HIGH_MAX / bitmap.height);
  const photograph = file.type === "image/jpeg" || file.size > DRAWING_MAX;
  const asItIs = shrunk === 1 && await isPlain(file);
  const kept = asItIs ? file : await redrawn(bitmap, shrunk, photograph, file.name);
  if (kept.size > BYTES_MAX) throw new Unfit("tooLarge");
  // At 150 dpi, within the 版心.
  const width = Math.min(156, Math.max(30, Math.round(bitmap.width * shrunk * 25.4 / 150)));
  return { file: kept, src: await address(kept), width };
}

async function isPlain(file: File): Promise<boolean> {
  if (file.type === "image/png") return file.size <= DRAWING_MAX;
  if (file.type !== "image/jpeg") return false;
  const start = new Uint8Array(await file.slice(0, EXIF_WITHIN).arrayBuffer());
  return !new TextDecoder("latin1").decode(start).includes("Exif\0\0");
}

async function redrawn(
  bitmap: ImageBitmap, scale: number, photograph: boolean, name: string,
): Promise<File> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Unfit("unreadable");
  if (photograph) {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const [type, ending] = photograph ? ["image/jpeg", "jpg"] : ["image/png", "png"];
  const blob = await new Promise<Blob | null>((done) => { canvas.toBlob(done, type, 0.9); });
  if (blob === null) throw new Unfit("unreadable");
  return new File([blob], `${name.replace(/\.[^.]*$/, "")}.${ending}`, { type });
}

function address(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => { done(reader.result as string); };
    reader.onerror = () => { failed(new Unfit("unreadable")); };
    reader.readAsDataURL(file);
  });
}

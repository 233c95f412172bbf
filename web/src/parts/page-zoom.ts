// How large pages are shown.
import type { Leaf } from "../api/types";

/** As wide as there is room, true size but never cut, or a multiple of the true size. */
export type Zoom = "width" | "whole" | number;

const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
/** CSS pixels of a millimetre (CSS Values 4, 6.2). */
const PIXELS = 96 / 25.4;

export function widthOf(zoom: Zoom, leaf: Leaf): string {
  if (zoom === "width") return "100%";
  return zoom === "whole" ? `min(100%, ${leaf.width}mm)` : `${leaf.width * zoom}mm`;
}

/** The next step from a size. */
export function stepped(from: number, by: 1 | -1): number {
  const near = 0.01;
  const next = by === 1
    ? STEPS.find((step) => step > from + near)
    : STEPS.findLast((step) => step < from - near);
  return next ?? from;
}

/** The next step from what is seen now. */
export function zoomed(
  zoom: Zoom, by: 1 | -1, leaves: HTMLElement | null, leaf: Leaf | undefined,
): Zoom {
  if (typeof zoom === "number") return stepped(zoom, by);
  const shown = leaves?.querySelector(".leaf-sheet")?.clientWidth;
  if (shown === undefined || leaf === undefined) return zoom;
  return stepped(shown / (leaf.width * PIXELS), by);
}

// 手写: strokes as they were drawn.
import type { Ink } from "../api/types";
import { zh } from "../i18n/zh-cn";

/** A dot is a stroke that goes nowhere: drawn as a line of no length, whose round ends show it. */
function points(stroke: readonly number[]): string {
  return (stroke.length === 2 ? [...stroke, ...stroke] : stroke).join(" ");
}

export function Strokes({ strokes }: { strokes: readonly (readonly number[])[] }) {
  return strokes.map((stroke, place) => <polyline key={place} points={points(stroke)} />);
}

export function InkPicture({ ink, by }: { ink: Ink; by: string }) {
  return (
    <svg className="ink" viewBox={`0 0 ${String(ink.width)} ${String(ink.height)}`} role="img"
      aria-label={zh.byHand.picture(by)}>
      <Strokes strokes={ink.strokes} />
    </svg>
  );
}

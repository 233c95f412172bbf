// 手写: a field to write on, with finger, pen or mouse.
import { Button } from "antd";
import { type PointerEvent, useRef, useState } from "react";
import type { Ink } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { Strokes } from "./ink";

const WIDTH = 900;
const HEIGHT = 360;
/** Points nearer to the last than this tell nothing. */
const STEP = 4;

interface Props {
  value: Ink | undefined;
  onChange: (ink: Ink | undefined) => void;
}

/** Where on the field a pointer is. */
function place(event: PointerEvent<SVGSVGElement>): [number, number] {
  const box = event.currentTarget.getBoundingClientRect();
  const on = (at: number, side: number, full: number) =>
    Math.round(Math.min(1, Math.max(0, at / side)) * full);
  return [
    on(event.clientX - box.left, box.width, WIDTH),
    on(event.clientY - box.top, box.height, HEIGHT),
  ];
}

export function InkPad({ value, onChange }: Props) {
  const [drawing, setDrawing] = useState<number[]>([]);
  const pointer = useRef<number>(undefined);
  const strokes = value?.strokes ?? [];
  const put = (all: number[][]) => {
    onChange(all.length === 0 ? undefined : { width: WIDTH, height: HEIGHT, strokes: all });
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (pointer.current !== undefined || event.button !== 0) return;
    pointer.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawing(place(event));
  };
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (pointer.current !== event.pointerId) return;
    const [x, y] = place(event);
    setDrawing((now) => {
      const [lastX = 0, lastY = 0] = now.slice(-2);
      return Math.hypot(x - lastX, y - lastY) < STEP ? now : [...now, x, y];
    });
  };
  const end = (event: PointerEvent<SVGSVGElement>) => {
    if (pointer.current !== event.pointerId) return;
    pointer.current = undefined;
    if (drawing.length > 0) put([...strokes, drawing]);
    setDrawing([]);
  };
  return (
    <div className="stack">
      <svg className="ink-pad" viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img"
        aria-label={zh.byHand.pad} onPointerDown={begin} onPointerMove={go} onPointerUp={end}
        onPointerCancel={end}>
        <Strokes strokes={drawing.length > 0 ? [...strokes, drawing] : strokes} />
      </svg>
      <div className="phrases">
        <Button size="small" disabled={strokes.length === 0}
          onClick={() => { put(strokes.slice(0, -1)); }}>
          {zh.byHand.undo}
        </Button>
        <Button size="small" disabled={strokes.length === 0} onClick={() => { put([]); }}>
          {zh.byHand.clear}
        </Button>
      </div>
    </div>
  );
}

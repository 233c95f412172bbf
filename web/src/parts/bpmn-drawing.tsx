// A process as a drawing, with what moves, zooms, prints and takes it away.
import { Button } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { zh } from "../i18n/zh-cn";
import type { CanvasHandle, DrawingMark } from "./bpmn-canvas";
import type { Condition } from "./bpmn-labels";
import { printed, saved } from "./bpmn-files";
import { Waiting } from "./standing-states";

const d = zh.drawing;

const BpmnCanvas = lazy(async () => ({ default: (await import("./bpmn-canvas")).BpmnCanvas }));

const SIGNS: Record<string, string> = {
  done: "✓",
  active: "●",
  cancelled: "↩",
  skipped: "–",
  not_taken: "·",
  ahead: "○",
};

interface Props {
  xml: string;
  /** The process's name: what the drawing and its files are called. */
  name: string;
  /** How each step stands, by id. */
  standing?: { id: string; standing: string }[];
  selected?: string | undefined;
  onSelect?: ((id: string) => void) | undefined;
}

/** Pixels that a press moves the drawing by. */
const PAN = 120;
const ZOOM = 1.25;

export function BpmnDrawing({ xml, name, standing, selected, onSelect }: Props) {
  const [canvas, setCanvas] = useState<CanvasHandle>();
  const [failed, setFailed] = useState(false);
  const [way, setWay] = useChosenWay(selected);
  const conditions = canvas?.conditions ?? [];
  const marks = useMemo(() => {
    const all = (standing ?? []).map(({ id, standing: one }): [string, DrawingMark] => [
      id, { standing: one, sign: SIGNS[one] ?? "", title: d.marks[one] ?? "" },
    ]);
    return Object.fromEntries(all);
  }, [standing]);
  const seen = new Set((standing ?? []).map((one) => one.standing));
  return (
    <figure className="drawing" aria-label={d.of(name)}>
      <Tools canvas={canvas} xml={xml} name={name} />
      {failed && <p className="red" role="alert">{d.failed}</p>}
      <Suspense fallback={<Waiting />}>
        <BpmnCanvas xml={xml} label={d.of(name)} marks={marks} selected={way ?? selected}
          onSelect={(id) => {
            setWay(conditions.some((one) => one.id === id) ? id : undefined);
            onSelect?.(id);
          }}
          onFailed={() => { setFailed(true); }}
          onReady={(ready) => { setCanvas(ready); setFailed(false); }} />
      </Suspense>
      {conditions.length > 0 && (
        <Conditions all={conditions} chosen={way} onChoose={setWay} />
      )}
      {seen.size > 0 && (
        <figcaption>
          <ul className="drawing-legend" aria-label={d.legend}>
            {Object.keys(SIGNS).filter((one) => seen.has(one)).map((one) => (
              <li key={one}>
                <span className={`drawing-sign is-${one}`} aria-hidden="true">{SIGNS[one]}</span>
                {d.marks[one]}
              </li>
            ))}
          </ul>
        </figcaption>
      )}
    </figure>
  );
}

/** The way that was pressed, until something else is selected. */
function useChosenWay(selected: string | undefined) {
  const [way, setWay] = useState<{ id: string | undefined; with: string | undefined }>();
  const choose = (id: string | undefined) => { setWay({ id, with: selected }); };
  return [way?.with === selected ? way?.id : undefined, choose] as const;
}

interface ConditionsProps {
  all: Condition[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** The drawing has room for the beginning of a condition only: here it stands whole. */
function Conditions({ all, chosen, onChoose }: ConditionsProps) {
  const one = all.find(({ id }) => id === chosen);
  return (
    <div className="drawing-conditions">
      <p role="status">
        {one === undefined ? d.pressWay : d.condition(one.to, one.text)}
      </p>
      <details>
        <summary>{d.conditions(all.length)}</summary>
        <ul>
          {all.map(({ id, to, text }) => (
            <li key={id}>
              <button type="button" aria-pressed={id === chosen}
                onClick={() => { onChoose(id); }}>
                {d.condition(to, text)}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

interface ToolsProps {
  canvas: CanvasHandle | undefined;
  xml: string;
  name: string;
}

function Tools({ canvas, xml, name }: ToolsProps) {
  const off = canvas === undefined;
  const move = (label: string, sign: string, x: number, y: number) => (
    <Button size="small" aria-label={label} title={label} disabled={off}
      onClick={() => { canvas?.pan(x * PAN, y * PAN); }}>
      {sign}
    </Button>
  );
  const picture = async (done: (svg: string) => void) => {
    const svg = await canvas?.svg();
    if (svg !== undefined) done(svg);
  };
  return (
    <div className="drawing-tools" role="group" aria-label={d.tools}>
      <Button size="small" disabled={off} onClick={() => { canvas?.zoom(ZOOM); }}>{d.larger}</Button>
      <Button size="small" disabled={off} onClick={() => { canvas?.zoom(1 / ZOOM); }}>
        {d.smaller}
      </Button>
      <Button size="small" disabled={off} onClick={() => { canvas?.fit(); }}>{d.fit}</Button>
      {move(d.left, "←", 1, 0)}
      {move(d.right, "→", -1, 0)}
      {move(d.up, "↑", 0, 1)}
      {move(d.down, "↓", 0, -1)}
      <span className="drawing-files">
        <Button size="small" onClick={() => { saved(xml, `${name}.bpmn`, "application/xml"); }}>
          {d.saveBpmn}
        </Button>
        <Button size="small" disabled={off}
          onClick={() => void picture((svg) => { saved(svg, `${name}.svg`, "image/svg+xml"); })}>
          {d.saveSvg}
        </Button>
        <Button size="small" disabled={off}
          onClick={() => void picture((svg) => { void printed(svg, name); })}>
          {d.print}
        </Button>
      </span>
    </div>
  );
}

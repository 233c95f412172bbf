// The canvas of bpmn-js: drawn, moved, zoomed, marked; loaded only where a drawing is looked at.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import { useEffect, useEffectEvent, useRef } from "react";
import { touchMoves, wheelZooms } from "./bpmn-gestures";
import { type Condition, conditionsOf, type LabelServices, shortenLabels } from "./bpmn-labels";

/** How a step is marked: a word of `zh.drawing.marks`, and the sign that stands at its corner. */
export interface DrawingMark {
  standing: string;
  sign: string;
  title: string;
}

export interface CanvasHandle {
  zoom: (factor: number) => void;
  fit: () => void;
  pan: (x: number, y: number) => void;
  /** With every label whole, however little room it has. */
  svg: () => Promise<string>;
  conditions: Condition[];
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Canvas {
  zoom: (level?: number, center?: unknown) => number;
  scroll: (by: { dx: number; dy: number }) => void;
  viewbox: (box?: Box) => Box & { inner: Box };
  resized: () => void;
  addMarker: (id: string, marker: string) => void;
  removeMarker: (id: string, marker: string) => void;
  scrollToElement: (id: string, padding?: number) => void;
}

interface Overlays {
  add: (id: string, type: string, overlay: object) => void;
  remove: (filter: { type: string }) => void;
}

type Registry = LabelServices["elementRegistry"] & {
  get: (id: string) => { id: string } | undefined;
};

interface Events {
  on: (event: string, heard: (event: { element: { id: string } }) => void) => void;
}

interface Services {
  canvas: Canvas;
  overlays: Overlays;
  elementRegistry: Registry;
  graphicsFactory: LabelServices["graphicsFactory"];
  eventBus: Events;
}

export interface CanvasProps {
  xml: string;
  label: string;
  marks: Record<string, DrawingMark>;
  selected: string | undefined;
  onSelect: ((id: string) => void) | undefined;
  onReady: (handle: CanvasHandle) => void;
  onFailed: () => void;
}

/** A drawing smaller than its place is not blown up. */
const ZOOM_MAX = 1;
const ZOOM_MIN = 0.2;
/** Below this one cannot read the names: the beginning is shown instead of the whole. */
const READABLE = 0.75;
/** Room around a drawing, in pixels, for the signs at corners and the mark of bpmn.io. */
const AROUND = 28;
const HEIGHT_MIN = 180;
const HEIGHT_MAX = 460;

/** Shows the drawing in the middle of its place, not smaller than `least`. */
function framed(canvas: Canvas, place: HTMLElement, least: number): void {
  const { inner } = canvas.viewbox();
  const wide = (place.clientWidth - 2 * AROUND) / inner.width;
  const tall = (HEIGHT_MAX - 2 * AROUND) / inner.height;
  const level = Math.max(least, Math.min(ZOOM_MAX, wide, tall));
  const height = Math.round(inner.height * level + 2 * AROUND);
  place.style.height = `${Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, height))}px`;
  canvas.resized();
  const outer = { width: place.clientWidth / level, height: place.clientHeight / level };
  const start = (from: number, size: number, room: number) => {
    const spare = room - size;
    return spare >= 0 ? from - spare / 2 : from - AROUND / level;
  };
  canvas.viewbox({
    x: start(inner.x, inner.width, outer.width),
    y: start(inner.y, inner.height, outer.height),
    ...outer,
  });
}

/** Whether another height is wanted: what is merely changed is shown where one looked. */
function outgrown(before: Box, now: Box): boolean {
  return before.height !== now.height;
}

function viewed({ x, y, width, height }: Box): Box {
  return { x, y, width, height };
}

function handle(viewer: NavigatedViewer<Services>, place: HTMLElement): CanvasHandle {
  const canvas = viewer.get("canvas");
  const services = {
    elementRegistry: viewer.get("elementRegistry"),
    graphicsFactory: viewer.get("graphicsFactory"),
  };
  const whole = shortenLabels(services);
  return {
    zoom: (factor) => {
      const level = canvas.zoom() * factor;
      canvas.zoom(Math.min(4, Math.max(ZOOM_MIN, level)), "auto");
    },
    fit: () => { framed(canvas, place, ZOOM_MIN); },
    pan: (dx, dy) => { canvas.scroll({ dx, dy }); },
    svg: () => whole(async () => (await viewer.saveSVG()).svg),
    conditions: conditionsOf(services),
  };
}

export function BpmnCanvas(props: CanvasProps) {
  const { xml, label, marks, selected } = props;
  const place = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer<Services>>(undefined);
  const drawn = useRef(false);
  const select = useEffectEvent((id: string) => props.onSelect?.(id));
  const ready = useEffectEvent((made: CanvasHandle) => { props.onReady(made); });
  const failed = useEffectEvent(() => { props.onFailed(); });
  const mark = useEffectEvent(() => { if (viewer.current) marked(viewer.current, marks); });
  const choose = useEffectEvent(() => { if (viewer.current) chosen(viewer.current, selected); });

  useEffect(() => {
    const at = place.current;
    if (at === null) return undefined;
    // The page scrolls with the wheel as everywhere; only with Ctrl it zooms.
    const made = new NavigatedViewer<Services>({ container: at, zoomScroll: { enabled: false } });
    viewer.current = made;
    drawn.current = false;
    made.get("eventBus").on("element.click", ({ element }) => {
      select(element.id.replace(/_label$/, ""));
    });
    const moves = touchMoves(at, made.get("canvas"));
    const zooms = wheelZooms(at, made.get("canvas"));
    return () => {
      moves();
      zooms();
      viewer.current = undefined;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const now = viewer.current;
    const at = place.current;
    if (now === undefined || at === null) return undefined;
    let stale = false;
    const draw = async () => {
      const canvas = now.get("canvas");
      const before = drawn.current ? canvas.viewbox() : undefined;
      try {
        await now.importXML(xml);
      } catch {
        if (!stale) failed();
        return;
      }
      if (stale) return;
      const made = handle(now, at);
      if (before === undefined || outgrown(before.inner, canvas.viewbox().inner)) {
        framed(canvas, at, READABLE);
      } else {
        canvas.viewbox(viewed(before));
      }
      drawn.current = true;
      const svg = at.querySelector(".djs-container > svg");
      svg?.setAttribute("role", "img");
      svg?.setAttribute("aria-label", label);
      mark();
      choose();
      ready(made);
    };
    void draw();
    return () => { stale = true; };
  }, [xml, label]);

  useEffect(() => { if (drawn.current) mark(); }, [marks]);
  useEffect(() => { if (drawn.current) choose(); }, [selected]);

  return <div ref={place} className="drawing-canvas" />;
}

const ALL = ["done", "active", "cancelled", "skipped", "not_taken", "ahead"];

function marked(viewer: NavigatedViewer<Services>, marks: Record<string, DrawingMark>): void {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const registry = viewer.get("elementRegistry");
  overlays.remove({ type: "standing" });
  for (const { id } of registry.getAll()) {
    for (const one of ALL) canvas.removeMarker(id, `is-${one}`);
    const mark = marks[id];
    if (mark === undefined) continue;
    canvas.addMarker(id, `is-${mark.standing}`);
    const badge = document.createElement("span");
    badge.className = `drawing-sign is-${mark.standing}`;
    badge.textContent = mark.sign;
    badge.title = mark.title;
    overlays.add(id, "standing", { position: { top: -11, left: -11 }, html: badge });
  }
}

function chosen(viewer: NavigatedViewer<Services>, selected: string | undefined): void {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  for (const { id } of registry.getAll()) canvas.removeMarker(id, "is-chosen");
  if (selected === undefined || registry.get(selected) === undefined) return;
  canvas.addMarker(selected, "is-chosen");
  canvas.scrollToElement(selected, 40);
}

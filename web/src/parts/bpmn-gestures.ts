// Moving and zooming a drawing by finger and wheel, so that the page still scrolls as always.

interface Canvas {
  zoom: (level?: number, center?: { x: number; y: number }) => number;
  scroll: (by: { dx: number; dy: number }) => void;
}

const STEP = 1.1;

function clamped(level: number): number {
  return Math.min(4, Math.max(0.2, level));
}

function from(place: HTMLElement, x: number, y: number) {
  const { left, top } = place.getBoundingClientRect();
  return { x: x - left, y: y - top };
}

/** Ctrl and the wheel zoom around the pointer. */
export function wheelZooms(place: HTMLElement, drawing: object): () => void {
  const canvas = drawing as Canvas;
  const turned = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const level = canvas.zoom() * (event.deltaY < 0 ? STEP : 1 / STEP);
    canvas.zoom(clamped(level), from(place, event.clientX, event.clientY));
  };
  place.addEventListener("wheel", turned, { passive: false });
  return () => { place.removeEventListener("wheel", turned); };
}

/** One finger moves sideways (up and down scrolls the page), two fingers move and zoom. */
export function touchMoves(place: HTMLElement, drawing: object): () => void {
  const canvas = drawing as Canvas;
  const fingers = new Map<number, { x: number; y: number }>();
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
  };
  const down = (event: PointerEvent) => {
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }
  };
  const move = (event: PointerEvent) => {
    const last = fingers.get(event.pointerId);
    if (last === undefined) return;
    const before = spread();
    const share = fingers.size;
    canvas.scroll({
      dx: (event.clientX - last.x) / share,
      dy: share > 1 ? (event.clientY - last.y) / share : 0,
    });
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const now = spread();
    if (before > 0 && now > 0) {
      const center = from(place, event.clientX, event.clientY);
      canvas.zoom(clamped(canvas.zoom() * (now / before)), center);
    }
  };
  const up = (event: PointerEvent) => { fingers.delete(event.pointerId); };
  place.addEventListener("pointerdown", down);
  place.addEventListener("pointermove", move);
  place.addEventListener("pointerup", up);
  place.addEventListener("pointercancel", up);
  return () => {
    place.removeEventListener("pointerdown", down);
    place.removeEventListener("pointermove", move);
    place.removeEventListener("pointerup", up);
    place.removeEventListener("pointercancel", up);
  };
}

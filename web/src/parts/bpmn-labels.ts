// Long conditions in a drawing: what fits on one line above the way, the whole under the pointer.

interface Label {
  id: string;
  type?: string;
  width?: number;
  businessObject?: { name?: string; $type?: string };
}

export interface LabelServices {
  elementRegistry: {
    getAll: () => Label[];
    getGraphics: (element: Label) => SVGElement;
  };
  graphicsFactory: { update: (type: "shape", element: Label, graphics: SVGElement) => void };
}

/** Widths of the characters of bpmn-js's labels, in pixels. */
const HAN_PX = 11;
const LATIN_PX = 6.5;
/** Shorter than this a condition tells nothing. */
const LEAST_PX = 90;

/** As much of a text as has room, with a sign that it goes on; all of it where all has room. */
export function shortened(text: string, room: number): string {
  const wide = (part: string) =>
    Array.from(part, (one) => (/[ -~]/.test(one) ? LATIN_PX : HAN_PX)).reduce((a, b) => a + b, 0);
  if (wide(text) <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && wide(letters.join("")) + HAN_PX > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** Only what is shown: the BPMN that is taken away is the text that was loaded. */
export function shortenLabels(services: LabelServices): void {
  const { elementRegistry, graphicsFactory } = services;
  for (const label of elementRegistry.getAll()) {
    const { businessObject: flow } = label;
    if (label.type !== "label" || flow?.$type !== "bpmn:SequenceFlow") continue;
    const full = flow.name ?? "";
    const shown = shortened(full, Math.max(label.width ?? 0, LEAST_PX));
    if (shown === full) continue;
    flow.name = shown;
    const graphics = elementRegistry.getGraphics(label);
    graphicsFactory.update("shape", label, graphics);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = full;
    graphics.prepend(title);
  }
}

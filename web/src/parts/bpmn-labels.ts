// Long conditions in a drawing: what fits on one line above the way, the whole under the pointer.

interface Label {
  id: string;
  type?: string;
  width?: number;
  businessObject?: {
    name?: string;
    $type?: string;
    conditionExpression?: { body?: string };
    targetRef?: { name?: string };
  };
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

/** A label that has no room for its text. */
interface Short {
  label: Label;
  full: string;
  shown: string;
}

/** Writes the labels anew, whole or as there is room for. */
function rewrite(services: LabelServices, shorts: Short[], text: "full" | "shown"): void {
  for (const short of shorts) {
    const { label } = short;
    if (label.businessObject !== undefined) label.businessObject.name = short[text];
    services.graphicsFactory.update("shape", label, services.elementRegistry.getGraphics(label));
  }
}

/** Shortens what has no room; gives a way to draw with every label whole for a while. */
export function shortenLabels(services: LabelServices) {
  const { elementRegistry } = services;
  const shorts = elementRegistry.getAll().flatMap((label): Short[] => {
    const flow = label.businessObject;
    if (label.type !== "label" || flow?.$type !== "bpmn:SequenceFlow") return [];
    const full = flow.name ?? "";
    const shown = shortened(full, Math.max(label.width ?? 0, LEAST_PX));
    return shown === full ? [] : [{ label, full, shown }];
  });
  rewrite(services, shorts, "shown");
  for (const { label, full } of shorts) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = full;
    // The first child is what bpmn-js draws anew.
    elementRegistry.getGraphics(label).append(title);
  }
  return async <T>(drawn: () => Promise<T>): Promise<T> => {
    rewrite(services, shorts, "full");
    // A whole condition lies across the way that it stands at: it keeps a white edge.
    for (const { label } of shorts) {
      const text = elementRegistry.getGraphics(label).querySelector("text");
      text?.style.setProperty("paint-order", "stroke");
      text?.style.setProperty("stroke", "white");
      text?.style.setProperty("stroke-width", "4px");
    }
    try {
      return await drawn();
    } finally {
      rewrite(services, shorts, "shown");
    }
  };
}

export interface Condition {
  /** The flow that it lets pass. */
  id: string;
  /** Where the flow leads, by name. */
  to: string;
  text: string;
}

/** The conditions of a drawing, whole. */
export function conditionsOf({ elementRegistry }: LabelServices): Condition[] {
  return elementRegistry.getAll().flatMap(({ id, type, businessObject: flow }) => {
    const text = flow?.conditionExpression?.body ?? "";
    return type === "label" || text === "" ? [] : [{ id, to: flow?.targetRef?.name ?? "", text }];
  });
}

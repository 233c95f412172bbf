// A page's SVG as part of this page: built anew of what is known to be harmless, since what it
// was drawn from may come from anywhere.

const SVG = "http://www.w3.org/2000/svg";
const XML = "http://www.w3.org/XML/1998/namespace";

const ELEMENTS = new Set([
  "svg", "defs", "g", "path", "rect", "use", "image", "clipPath", "mask", "text", "tspan",
]);
const ATTRIBUTES = new Set([
  "class", "clip-rule", "d", "fill", "fill-opacity", "fill-rule", "font-family", "font-size",
  "height", "maskContentUnits", "opacity", "preserveAspectRatio", "stroke", "stroke-dasharray",
  "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
  "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "y",
]);
const IMAGE = /^data:image\/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=]*$/;
const REFERENCE = /^url\(#([a-z]\d+)\)$/;
/** Elements within each other: the server's have some ten. */
const DEPTH_MAX = 32;

export interface PagePicture {
  svg: SVGElement;
  /** What could not be shown. */
  notes: string[];
}

/** The picture with ids of its own, or nothing when it cannot be read. */
export function pictureOf(text: string, prefix: string): PagePicture | undefined {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.namespaceURI !== SVG || root.localName !== "svg") return undefined;
  const notes = root.querySelector(":scope > desc")?.textContent.split("\n") ?? [];
  const svg = copied(root, prefix, DEPTH_MAX);
  svg?.removeAttribute("width");
  svg?.removeAttribute("height");
  return svg === undefined ? undefined : { svg, notes };
}

function copied(from: Element, prefix: string, depth: number): SVGElement | undefined {
  if (depth === 0 || from.namespaceURI !== SVG || !ELEMENTS.has(from.localName)) return undefined;
  const to: Element = document.createElementNS(SVG, from.localName);
  if (!(to instanceof SVGElement)) return undefined;
  for (const { name, value } of from.attributes) {
    const own = attribute(from.localName, name, value, prefix);
    if (own !== undefined) to.setAttribute(name, own);
  }
  if (from.getAttributeNS(XML, "space") === "preserve") {
    to.setAttributeNS(XML, "xml:space", "preserve");
  }
  for (const child of from.childNodes) {
    if (child instanceof Element) {
      const own = copied(child, prefix, depth - 1);
      if (own !== undefined) to.append(own);
    } else if (child.nodeType === Node.TEXT_NODE && /^t(?:ext|span)$/.test(from.localName)) {
      to.append(child.textContent ?? "");
    }
  }
  return to;
}

function attribute(element: string, name: string, value: string, prefix: string) {
  switch (name) {
    case "id": return prefix + value;
    case "href":
      if (element === "image") return IMAGE.test(value) ? value : undefined;
      return element === "use" && value.startsWith("#") ? `#${prefix}${value.slice(1)}` : undefined;
    case "clip-path":
    case "mask": {
      const id = REFERENCE.exec(value)?.[1];
      return id === undefined ? undefined : `url(#${prefix}${id})`;
    }
    default:
      return ATTRIBUTES.has(name) && !value.includes("url(") ? value : undefined;
  }
}

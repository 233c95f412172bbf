// Every process of the catalogue, drawn as BPMN, is taken without a word by the tools of others:
// bpmn-moddle reads it, bpmnlint approves of it, and the bpmn-js modeler draws all of it.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { BpmnModdle } from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";

const CATALOGUE = join(import.meta.dirname, "../../catalogue/processes");
const require = createRequire(import.meta.url);
interface Drawing {
  /** Where it stands in the catalogue, without ending. */
  place: string;
  xml: string;
}

/** The places of all files with an ending below a folder, in order. */
function places(folder: string, ending: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const ours = all.filter((path) => path.endsWith(ending));
  return ours.map((path) => path.slice(0, -ending.length)).sort();
}

const folder = process.env.LINGNAN_DRAWINGS ?? "no folder: set LINGNAN_DRAWINGS";
const drawings: Drawing[] = places(folder, ".bpmn").map((place) => ({
  place,
  xml: readFileSync(join(folder, `${place}.bpmn`), "utf8"),
}));

test("every process of the catalogue is drawn", () => {
  const processes = places(CATALOGUE, ".flow");
  expect(processes.length).toBeGreaterThan(0);
  expect(drawings.map((drawing) => drawing.place)).toEqual(processes);
});

/** What bpmn-moddle and bpmnlint have to say of a drawing. */
async function problems(xml: string): Promise<string[]> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  // A new one each time: some rules remember the elements of the drawing before.
  const linter = new Linter({
    config: { extends: "bpmnlint:recommended" },
    resolver: new NodeResolver({ require }),
  });
  const found = Object.entries(await linter.lint(rootElement)).flatMap(([rule, reports]) =>
    reports.map(({ id, message }) => `${rule} ${id ?? ""}: ${message}`),
  );
  return [...warnings.map((warning) => warning.message), ...found];
}

test("bpmn-moddle reads and bpmnlint approves of each", async () => {
  const found: string[] = [];
  for (const { place, xml } of drawings) {
    found.push(...(await problems(xml)).map((problem) => `${place}: ${problem}`));
  }
  expect(found).toEqual([]);
});

test("what is wrong with a drawing would be found", async () => {
  const [{ xml } = { xml: "" }] = drawings;
  const endless = xml.replace(/<bpmn:endEvent[^]*?<\/bpmn:endEvent>/, "");
  const found = (await problems(endless)).join("\n");
  expect(found).toContain("unresolved reference");
  expect(found).toContain("end-event-required");
});

/** The part of bpmn-js that is used, as its script leaves it in a page. */
declare global {
  interface Window {
    BpmnJS: new (options: { container: string }) => {
      importXML: (xml: string) => Promise<{ warnings: { message: string }[] }>;
      get: (name: "elementRegistry") => {
        getAll: () => { id: string }[];
        getGraphics: (id: string) => SVGGElement;
      };
      destroy: () => void;
    };
  }
}

/** Draws in the page; answers the warnings and the ids of what is seen. */
async function draw(xml: string): Promise<{ warnings: string[]; seen: string[] }> {
  const modeler = new window.BpmnJS({ container: "#canvas" });
  const { warnings } = await modeler.importXML(xml);
  const all = modeler.get("elementRegistry");
  const isSeen = ({ id }: { id: string }) => {
    const { width, height } = all.getGraphics(id).getBoundingClientRect();
    return width + height > 0;
  };
  const seen = all.getAll().filter(isSeen).map(({ id }) => id);
  modeler.destroy();
  return { warnings: warnings.map(({ message }) => message), seen };
}

test("the modeler of bpmn-js draws all of each without a warning", async ({ page }) => {
  await page.setContent('<div id="canvas" style="height: 800px"></div>');
  await page.addStyleTag({ path: require.resolve("bpmn-js/dist/assets/diagram-js.css") });
  await page.addScriptTag({ path: require.resolve("bpmn-js/dist/bpmn-modeler.production.min.js") });
  for (const { place, xml } of drawings) {
    const { warnings, seen } = await page.evaluate(draw, xml);
    expect(warnings, place).toEqual([]);
    const elements = [...xml.matchAll(/bpmnElement="([^"]+)"/g)].map(([, id]) => id);
    expect(elements.length, place).toBeGreaterThan(0);
    expect(seen, place).toEqual(expect.arrayContaining(elements));
  }
});

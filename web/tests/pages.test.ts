// The viewer of pages: what is found where, what is let into the page, how large it is shown.
import { describe, expect, it } from "vitest";
import { pictureOf } from "../src/parts/page-picture";
import { find } from "../src/parts/page-search";
import { stepped } from "../src/parts/page-zoom";

describe("searching", () => {
  const pages = [{ lines: ["关于做好防汛", "工作 的通知"] }, { lines: ["ＯＦＤ 文件", "防汛防汛"] }];

  it("goes on at the end of a line and passes over blanks", () => {
    expect(find(pages, "防汛工作的")).toEqual([
      { page: 1, parts: [{ line: 0, from: 4, to: 6 }, { line: 1, from: 0, to: 4 }] },
    ]);
  });

  it("counts each place once", () => {
    expect(find(pages, "防汛").map((hit) => hit.page)).toEqual([1, 2, 2]);
  });

  it("takes full width and capitals for the same", () => {
    expect(find(pages, "ofd文")).toEqual([
      { page: 2, parts: [{ line: 0, from: 0, to: 5 }] },
    ]);
  });

  it("finds nothing for nothing", () => {
    expect(find(pages, " ")).toEqual([]);
  });
});

describe("a page's picture", () => {
  const svg = (inner: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" onload="alert(1)">${inner}</svg>`;

  it("keeps outlines and text, under ids of its own", () => {
    const read = pictureOf(svg('<desc>一\n二</desc><defs><path id="g1" d="M0 0Z"/></defs>' +
      '<g clip-path="url(#c2)"><use href="#g1"/></g><g class="text"><text>' +
      '<tspan x="1 2" y="3">公文</tspan></text></g>'), "p1-");
    expect(read?.notes).toEqual(["一", "二"]);
    expect(read?.svg.outerHTML).toBe('<svg viewBox="0 0 210 297"><defs><path id="p1-g1" d="M0 0Z"></path></defs>' +
      '<g clip-path="url(#p1-c2)"><use href="#p1-g1"></use></g><g class="text"><text>' +
      '<tspan x="1 2" y="3">公文</tspan></text></g></svg>');
  });

  it.each([
    "<script>alert(1)</script>",
    "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>",
    "<a href='javascript:alert(1)'><text>x</text></a>",
    "<style>text { fill: url(http://x.example) }</style>",
    "<animate attributeName='href' to='javascript:alert(1)'/>",
  ])("leaves out %s", (bad) => {
    expect(pictureOf(svg(bad), "p-")?.svg.children.length).toBe(0);
  });

  it.each([
    ["rect", "onclick", "alert(1)"],
    ["rect", "style", "fill:red"],
    ["rect", "fill", "url(http://x.example/a#b)"],
    ["g", "clip-path", "url(http://x.example/a#b)"],
    ["use", "href", "http://x.example/a#b"],
    ["image", "href", "http://x.example/a.png"],
    ["image", "href", "data:text/html;base64,PGI+"],
  ])("leaves out of %s its %s=%s", (element, name, value) => {
    const read = pictureOf(svg(`<${element} ${name}="${value}"/>`), "p-");
    expect(read?.svg.firstElementChild?.attributes.length).toBe(0);
  });

  it("is none when it cannot be read", () => {
    expect(pictureOf("<svg", "p-")).toBeUndefined();
    expect(pictureOf("<html/>", "p-")).toBeUndefined();
  });
});

describe("enlarging", () => {
  it("goes by steps and stops at the ends", () => {
    expect([stepped(1, 1), stepped(1, -1), stepped(1.4, 1), stepped(4, 1), stepped(0.5, -1)])
      .toEqual([1.25, 0.75, 1.5, 4, 0.5]);
  });
});

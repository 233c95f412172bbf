// One page of a file: drawn when it comes near what is seen, with its text to select and the
// words that were looked for.
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { asProblem } from "../api/problem";
import type { Leaf } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { type PagePicture, pictureOf } from "./page-picture";
import type { Hit, Part } from "./page-search";
import type { PageSource } from "./page-source";

/** How long a page is kept that was scrolled past; scrolled back to, it need not be drawn again. */
const KEPT_MS = 60_000;
/** How near a page is drawn, in what is seen at once. */
const NEAR = "100%";

interface Props {
  source: PageSource;
  digest: string;
  number: number;
  leaf: Leaf;
  /** How wide it is shown, as the style sheet says it. */
  width: string;
  hits: readonly Hit[];
  now: Hit | undefined;
}

export function PageLeaf({ source, digest, number, leaf, width, hits, now }: Props) {
  const sheet = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const near = useNear(sheet);
  const prefix = `${useId().replace(/\W/g, "")}-`;
  const page = useQuery({
    queryKey: ["page", digest, number, prefix],
    queryFn: async () => {
      const picture = pictureOf(await source.page(number), prefix);
      if (picture === undefined) throw new Error(zh.pages.unreadable);
      return picture;
    },
    enabled: near,
    staleTime: Infinity,
    gcTime: KEPT_MS,
  });
  useShown(holder, near ? page.data : undefined, hits, now);
  return (
    <section className="leaf" data-page={number} aria-label={zh.pages.page(number)}>
      <div ref={sheet} className="leaf-sheet"
        style={{ width, aspectRatio: `${leaf.width} / ${leaf.height}` }}>
        <div ref={holder} className="leaf-picture" />
        {page.isFetching && <Spin className="leaf-wait" />}
        {page.isError && !page.isFetching && (
          <p className="leaf-wait red" role="alert">{asProblem(page.error).body.title}</p>
        )}
      </div>
      {page.data?.notes.map((note) => (
        <p key={note} className="leaf-note">{zh.pages.hidden(number, note)}</p>
      ))}
    </section>
  );
}

function useNear(sheet: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const own = sheet.current;
    if (own === null) return undefined;
    const told = (entries: IntersectionObserverEntry[]) => {
      const last = entries.at(-1);
      if (last !== undefined) setNear(last.isIntersecting);
    };
    const observer = new IntersectionObserver(told, {
      root: own.closest(".leaves"), rootMargin: NEAR,
    });
    observer.observe(own);
    return () => { observer.disconnect(); };
  }, [sheet]);
  return near;
}

function useShown(
  holder: RefObject<HTMLElement | null>, picture: PagePicture | undefined,
  hits: readonly Hit[], now: Hit | undefined,
) {
  useEffect(() => {
    if (picture === undefined) return undefined;
    holder.current?.replaceChildren(picture.svg);
    return () => { picture.svg.remove(); };
  }, [holder, picture]);
  useEffect(() => {
    if (picture === undefined) return undefined;
    const marks = hits.flatMap((hit) =>
      hit.parts.flatMap((part) => mark(picture.svg, part, hit === now)));
    const shown = marks.find((one) => one.classList.contains("now"));
    if (shown !== undefined) bring(shown);
    return () => { marks.forEach((one) => { one.remove(); }); };
  }, [picture, hits, now]);
}

/** Marks a part of a line below the text that can be selected. */
function mark(svg: SVGElement, { line, from, to }: Part, isNow: boolean): SVGRectElement[] {
  const group = svg.querySelector(":scope > .text");
  const text = group?.children.item(line);
  if (group === null || !(text instanceof SVGTextElement)) return [];
  const last = Math.min(to, text.getNumberOfChars()) - 1;
  if (last < from) return [];
  const [start, end] = [text.getExtentOfChar(from), text.getExtentOfChar(last)];
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("class", isNow ? "hit now" : "hit");
  rect.setAttribute("x", String(start.x));
  rect.setAttribute("y", String(Math.min(start.y, end.y)));
  rect.setAttribute("width", String(Math.max(end.x + end.width - start.x, 1)));
  rect.setAttribute("height", String(Math.max(start.height, end.y + end.height - start.y)));
  const turned = text.getAttribute("transform");
  if (turned !== null) rect.setAttribute("transform", turned);
  group.before(rect);
  return [rect];
}

/** Scrolls the pages, and them alone, until one sees it. */
function bring(shown: Element) {
  const leaves = shown.closest(".leaves");
  if (leaves === null) return;
  const [place, frame] = [shown.getBoundingClientRect(), leaves.getBoundingClientRect()];
  if (place.top >= frame.top && place.bottom <= frame.bottom) return;
  leaves.scrollTop += place.top - frame.top - frame.height / 3;
  leaves.scrollLeft += place.left - frame.left - frame.width / 3;
}

// Pages in fixed layout as they are: to be read, searched, copied, enlarged, printed.
import { useQuery } from "@tanstack/react-query";
import { App, type InputRef } from "antd";
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { Problem } from "../api/problem";
import type { PagesView } from "../api/types";
import { useDelayed } from "../hooks/delayed";
import { zh } from "../i18n/zh-cn";
import { useRoom } from "../ui/room";
import { PageLeaf } from "./page-leaf";
import { PageNotes } from "./page-notes";
import { printPages } from "./page-print";
import { find, type Hit } from "./page-search";
import type { PageSource } from "./page-source";
import { PageThumbnails } from "./page-thumbnails";
import { PageToolbar } from "./page-toolbar";
import { type Zoom, widthOf, zoomed } from "./page-zoom";
import { Failed, Nothing, Waiting } from "./standing-states";

/** Typing is searched once it has been still for a moment. */
const STILL_MS = 200;

export function PageViewer({ source }: { source: PageSource }) {
  const overview = useQuery({ queryKey: [...source.key], queryFn: source.overview });
  if (overview.isPending) return <Waiting />;
  if (overview.data === undefined) {
    return <Failed error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  if (overview.data.pages.length === 0) return <Nothing text={zh.pages.none} />;
  return <Shown source={source} view={overview.data} />;
}

function useSearch(view: PagesView) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const still = useDelayed(words, STILL_MS);
  const hits = useMemo(() => find(view.pages, still), [view, still]);
  const byPage = useMemo(() => {
    const all = new Map<number, Hit[]>();
    hits.forEach((hit) => { all.set(hit.page, [...(all.get(hit.page) ?? []), hit]); });
    return all;
  }, [hits]);
  const change = (next: string) => { setWords(next); setAt(0); };
  const step = (by: number) => {
    if (hits.length > 0) setAt((at + by + hits.length) % hits.length);
  };
  return { words, still, hits, byPage, at, now: hits[at], change, step };
}

/** Which page one looks at: the one that reaches below the upper third of what is seen. */
function pageAt(leaves: HTMLElement): number {
  const line = leaves.scrollTop + leaves.clientHeight / 3;
  const all = [...leaves.querySelectorAll<HTMLElement>(".leaf")];
  const found = all.find((leaf) => leaf.offsetTop + leaf.offsetHeight > line);
  return Number((found ?? all.at(-1))?.dataset.page ?? 1);
}

function turn(leaves: HTMLElement | null, number: number) {
  const leaf = leaves?.querySelector<HTMLElement>(`[data-page="${number}"]`);
  if (leaf != null) leaves?.scrollTo({ top: leaf.offsetTop });
}

/** A page that is not drawn yet marks what was found once it is; it has to come near first. */
function useFound(leaves: RefObject<HTMLElement | null>, number: number | undefined) {
  useEffect(() => {
    if (number === undefined) return;
    if (leaves.current?.querySelector(`[data-page="${number}"] .hit.now`) == null) {
      turn(leaves.current, number);
    }
  }, [leaves, number]);
}

function usePrinting(
  source: PageSource, view: PagesView, address: (number: number) => string,
) {
  const { message } = App.useApp();
  const [printing, setPrinting] = useState(false);
  const print = async () => {
    setPrinting(true);
    try {
      await source.beforePrint?.();
      await printPages(view.pages, address);
    } catch (error) {
      void message.error(error instanceof Problem ? error.message : zh.pages.unreadable);
    } finally {
      setPrinting(false);
    }
  };
  return [printing, print] as const;
}

type Keys = Record<string, () => void>;

/** What keys do: always, where nothing is typed, and together with the control key. */
function pressed(event: KeyboardEvent, always: Keys, reading: Keys, control: Keys) {
  const typing = event.target instanceof HTMLInputElement;
  const plain = typing ? always : { ...always, ...reading };
  const does = (event.ctrlKey || event.metaKey ? control : plain)[event.key];
  if (does === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  does();
}

const none: readonly Hit[] = [];

function Shown({ source, view }: { source: PageSource; view: PagesView }) {
  const room = useRoom();
  const leaves = useRef<HTMLDivElement>(null);
  const field = useRef<InputRef>(null);
  const [current, setCurrent] = useState(1);
  const [zoom, setZoom] = useState<Zoom>(room === "phone" ? "width" : "whole");
  const [strip, setStrip] = useState(room === "desk" && view.pages.length > 1);
  const search = useSearch(view);
  const go = (number: number) => {
    const wanted = Math.min(Math.max(number, 1), view.pages.length);
    turn(leaves.current, wanted);
    setCurrent(wanted);
  };
  useFound(leaves, search.now?.page);
  const enlarge = (by: 1 | -1) => { setZoom(zoomed(zoom, by, leaves.current, view.pages[0])); };
  const address = (number: number) => `${source.address}/${number}?of=${view.digest.slice(0, 16)}`;
  const [printing, print] = usePrinting(source, view, address);
  const press = (event: KeyboardEvent) => { pressed(event, {
    PageDown: () => { go(current + 1); },
    PageUp: () => { go(current - 1); },
    ...(search.words !== "" && {
      Escape: () => {
        search.change("");
        leaves.current?.focus();
      },
    }),
  }, {
    "+": () => { enlarge(1); },
    "=": () => { enlarge(1); },
    "-": () => { enlarge(-1); },
  }, {
    f: () => { field.current?.focus({ cursor: "all" }); },
  }); };
  return (
    <div className="viewer" onKeyDown={press}>
      <PageToolbar
        source={source} count={view.pages.length} current={current} onGo={go}
        zoom={zoom} onZoom={setZoom} onEnlarge={enlarge} strip={strip} onStrip={setStrip}
        search={search} field={field} printing={printing} onPrint={() => void print()}
      />
      <div className={strip ? "viewer-desk with-strip" : "viewer-desk"}>
        {strip && (
          <PageThumbnails pages={view.pages} address={address} current={current} onGo={go} />
        )}
        <div ref={leaves} className="leaves" tabIndex={0} role="region"
          aria-label={zh.pages.title}
          onScroll={(event) => { setCurrent(pageAt(event.currentTarget)); }}>
          {view.pages.map((leaf, index) => (
            <PageLeaf key={index} source={source} digest={view.digest} number={index + 1}
              leaf={leaf} width={widthOf(zoom, leaf)} now={search.now}
              hits={search.byPage.get(index + 1) ?? none} />
          ))}
        </div>
      </div>
      <PageNotes source={source} view={view} searching={search.still !== ""} />
    </div>
  );
}

// What one can do with pages in fixed layout.
import {
  DownOutlined, DownloadOutlined, LeftOutlined, PictureOutlined, PrinterOutlined, RightOutlined,
  UpOutlined, ZoomInOutlined, ZoomOutOutlined,
} from "@ant-design/icons";
import { Button, Input, type InputRef } from "antd";
import type { ReactNode, RefObject } from "react";
import { zh } from "../i18n/zh-cn";
import { clearable } from "../ui/words";
import type { PageSource } from "./page-source";
import type { Zoom } from "./page-zoom";

interface Search {
  words: string;
  still: string;
  hits: readonly unknown[];
  at: number;
  change: (words: string) => void;
  step: (by: number) => void;
}

interface Props {
  source: PageSource;
  count: number;
  current: number;
  onGo: (number: number) => void;
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  onEnlarge: (by: 1 | -1) => void;
  strip: boolean;
  onStrip: (strip: boolean) => void;
  search: Search;
  field: RefObject<InputRef | null>;
  printing: boolean;
  onPrint: () => void;
}

interface ToolProps {
  name: string;
  icon: ReactNode;
  disabled?: boolean;
  onClick: () => void;
}

function Tool({ name, icon, disabled = false, onClick }: ToolProps) {
  return (
    <Button type="text" aria-label={name} title={name} icon={icon} disabled={disabled}
      onClick={onClick} />
  );
}

export function PageToolbar(props: Props) {
  const { source, zoom, onZoom, onEnlarge, strip, onStrip, printing, onPrint } = props;
  // Of one type in both states: the kit makes another element of another type, and focus is lost.
  const toggle = (on: boolean) =>
    ({ type: "text", "aria-pressed": on, ...(on && { className: "viewer-on" }) }) as const;
  return (
    <div className="viewer-tools" role="toolbar" aria-label={zh.pages.tools}>
      <Button {...toggle(strip)} icon={<PictureOutlined />} onClick={() => { onStrip(!strip); }}>
        {zh.pages.thumbnails}
      </Button>
      <PageNumber {...props} />
      <div className="viewer-group">
        <Tool name={zh.pages.smaller} icon={<ZoomOutOutlined />} onClick={() => { onEnlarge(-1); }} />
        <Tool name={zh.pages.larger} icon={<ZoomInOutlined />} onClick={() => { onEnlarge(1); }} />
        <Button {...toggle(zoom === "width")} onClick={() => { onZoom("width"); }}>
          {zh.pages.width}
        </Button>
        <Button {...toggle(zoom === 1)} onClick={() => { onZoom(1); }}>{zh.pages.actual}</Button>
      </div>
      <SearchField {...props} />
      <div className="viewer-group viewer-files">
        <Button icon={<PrinterOutlined />} loading={printing} onClick={onPrint}>
          {printing ? zh.pages.preparing : zh.pages.print}
        </Button>
        {source.pdf !== undefined && (
          <Button icon={<DownloadOutlined />} href={source.pdf} download={`${source.name}.pdf`}>
            {zh.pages.pdf}
          </Button>
        )}
        {source.ofd !== undefined && (
          <Button icon={<DownloadOutlined />} href={source.ofd} download={`${source.name}.ofd`}>
            {zh.pages.ofd}
          </Button>
        )}
        {source.word !== undefined && (
          <Button icon={<DownloadOutlined />} href={source.word} download={`${source.name}.docx`}>
            {zh.word.download}
          </Button>
        )}
      </div>
    </div>
  );
}

function PageNumber({ count, current, onGo }: Props) {
  return (
    <form className="viewer-group" onSubmit={(event) => {
      event.preventDefault();
      const typed = Number(new FormData(event.currentTarget).get("page"));
      if (Number.isInteger(typed)) onGo(typed);
    }}>
      <Tool name={zh.pages.previous} icon={<LeftOutlined />} disabled={current <= 1}
        onClick={() => { onGo(current - 1); }} />
      <Input key={current} name="page" className="viewer-number" aria-label={zh.pages.number}
        inputMode="numeric" autoComplete="off" defaultValue={String(current)} />
      <span className="soft">{zh.pages.of(count)}</span>
      <Tool name={zh.pages.next} icon={<RightOutlined />} disabled={current >= count}
        onClick={() => { onGo(current + 1); }} />
    </form>
  );
}

function SearchField({ search, field }: Props) {
  const { words, still, hits, at, change, step } = search;
  const found = hits.length === 0 ? zh.pages.noHits : zh.pages.hits(at + 1, hits.length);
  return (
    <div className="viewer-group viewer-search" role="search">
      <Input ref={field} type="search" className="viewer-words" placeholder={zh.pages.search}
        aria-label={zh.pages.search} value={words} allowClear={clearable}
        onChange={(event) => { change(event.target.value); }}
        onPressEnter={(event) => { step(event.shiftKey ? -1 : 1); }} />
      <span className="soft" role="status">{still === "" ? "" : found}</span>
      {hits.length > 0 && (
        <>
          <Tool name={zh.pages.previousHit} icon={<UpOutlined />} onClick={() => { step(-1); }} />
          <Tool name={zh.pages.nextHit} icon={<DownOutlined />} onClick={() => { step(1); }} />
        </>
      )}
    </div>
  );
}

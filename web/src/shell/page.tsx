// A page's heading and width; also the window's title.
import type { ReactNode } from "react";
import { zh } from "../i18n/zh-cn";
import { Whole } from "../ui/whole";

interface Props {
  title: string;
  tags?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}

export function Page({ title, tags, tools, children }: Props) {
  return (
    <div className="page">
      <title>{`${title} · ${zh.app.name}`}</title>
      <div className="page-head">
        <h1><Whole text={title} /></h1>
        {tags !== undefined && <div className="page-tags">{tags}</div>}
        {tools !== undefined && <div className="page-tools">{tools}</div>}
      </div>
      {children}
    </div>
  );
}

/** A titled block of a page. */
export function Block({ title, tools, children }: Omit<Props, "tags">) {
  return (
    <section className="block" aria-label={title}>
      <div className="block-head">
        <h2>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}

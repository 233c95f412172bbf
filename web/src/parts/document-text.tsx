// A document's text as it is read.
import type { ReactNode } from "react";
import { pictureAddress } from "../api/calls";
import type { Block, Body, Inline, TableCell } from "../api/types";
import { share } from "./picture-node";
import { Nothing } from "./standing-states";

const tags = ["h3", "h4", "h5", "h6"] as const;

interface Props {
  /** The document, for its pictures. */
  document: string;
  title: string;
  body: Body;
}

export function DocumentText({ document, title, body }: Props) {
  const blocks = body.content ?? [];
  return (
    <article className="gongwen sheet">
      <h2 className="gongwen-title">{title}</h2>
      {blocks.length === 0 && <Nothing />}
      {blocks.map((block, at) => <One key={at} block={block} document={document} />)}
    </article>
  );
}

function One({ block, document }: { block: Block; document: string }) {
  if (block.type === "paragraph") return <p><Runs content={block.content} /></p>;
  if (block.type === "heading") {
    const Tag = tags[block.attrs.level - 1] ?? "h6";
    return <Tag className={`level-${block.attrs.level}`}><Runs content={block.content} /></Tag>;
  }
  if (block.type === "image") {
    const { digest, description, width_mm } = block.attrs;
    return (
      <figure className="picture">
        <img src={pictureAddress(document, digest)} alt={description} title={description}
          style={{ width: share(width_mm) }} />
      </figure>
    );
  }
  return (
    <div className="table-scroll" tabIndex={0} role="group">
      <table>
        <tbody>
          {block.content.map((row, at) => (
            <tr key={at}>{(row.content ?? []).map((cell, no) => <Cell key={no} cell={cell} document={document} />)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell, document }: { cell: TableCell; document: string }) {
  const Tag = cell.type === "tableHeader" ? "th" : "td";
  return (
    <Tag colSpan={cell.attrs?.colspan ?? 1} rowSpan={cell.attrs?.rowspan ?? 1}>
      {(cell.content ?? []).map((block, at) => <One key={at} block={block} document={document} />)}
    </Tag>
  );
}

function Runs({ content }: { content: Inline[] | undefined }) {
  return (content ?? []).map((run, at) => <Run key={at} run={run} />);
}

function Run({ run }: { run: Inline }): ReactNode {
  if (run.type === "hardBreak") return <br />;
  const marks = new Set((run.marks ?? []).map((mark) => mark.type));
  let node: ReactNode = run.text;
  if (marks.has("underline")) node = <u>{node}</u>;
  if (marks.has("italic")) node = <em>{node}</em>;
  if (marks.has("bold")) node = <strong>{node}</strong>;
  return node;
}

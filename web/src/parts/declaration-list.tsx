// What was declared of rules so that a document might go on: by whom, why, on what it rests.
import { attachmentAddress } from "../api/calls";
import type { Attachment, DeclarationView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";

interface Props {
  document: string;
  declarations: readonly DeclarationView[];
  attachments: readonly Attachment[];
}

export function DeclarationList({ document, declarations, attachments }: Props) {
  return (
    <ol className="opinions">
      {declarations.map((one) => (
        <li key={`${one.rule}:${String(one.time_ms)}:${one.about}`} className="opinion">
          <p className="soft">{zh.rule.about(one.about)}</p>
          {one.reason !== "" && <p className="opinion-text">{one.reason}</p>}
          {one.items.length > 0 && (
            <ul className="declared-items">
              {one.items.map((item) => <li key={item}>{zh.reviewItem[item]}</li>)}
            </ul>
          )}
          {one.attachment != null && (
            <File document={document} digest={one.attachment} attachments={attachments} />
          )}
          <p className="opinion-by">
            <b>{one.person}</b>
            <span>{one.post}</span>
            <time dateTime={new Date(one.time_ms).toISOString()}>{time(one.time_ms)}</time>
          </p>
          <p className="finding-article">{one.article}</p>
        </li>
      ))}
    </ol>
  );
}

interface FileProps {
  document: string;
  digest: string;
  attachments: readonly Attachment[];
}

function File({ document, digest, attachments }: FileProps) {
  const file = attachments.find((one) => one.digest === digest);
  const told = zh.rule.file(file?.name ?? digest.slice(0, 12));
  if (file === undefined) return <p>{told}</p>;
  return <a href={attachmentAddress(document, digest)} download={file.name}>{told}</a>;
}

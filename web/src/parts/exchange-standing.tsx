// A document that counts no more says so before anything else.
import { Alert } from "antd";
import { Link } from "react-router";
import type { DocumentView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";

type Props = Pick<DocumentView, "recalled" | "replaced">;

export function Standing({ recalled, replaced }: Props) {
  if (recalled != null) {
    const note = zh.handling.recalledNote(time(recalled.time_ms), recalled.reason);
    return <Alert type="warning" showIcon title={note} />;
  }
  if (replaced == null) return null;
  const title = (
    <>
      {zh.handling.replacedNote}
      <Link to={`/documents/${replaced.document}`}>{replaced.number}</Link>
    </>
  );
  return <Alert type="warning" showIcon title={title} />;
}

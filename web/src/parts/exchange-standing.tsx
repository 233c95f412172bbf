// A document that counts no more says so before anything else.
import { Alert } from "antd";
import { Link } from "react-router";
import type { DocumentView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";

type Props = Pick<DocumentView, "recalled" | "replaced" | "repealed">;

export function Standing({ recalled, replaced, repealed }: Props) {
  if (recalled != null) {
    const note = zh.handling.recalledNote(time(recalled.time_ms), recalled.reason);
    return <Alert type="warning" showIcon title={note} />;
  }
  const by = repealed ?? replaced;
  if (by == null) return null;
  const title = (
    <>
      {repealed == null ? zh.handling.replacedNote : zh.repeal.note}
      <Link to={`/documents/${by.document}`}>{by.number}</Link>
    </>
  );
  return <Alert type="warning" showIcon title={title} />;
}

// A document that counts no more, or that corrects another, says so before anything else.
import { Alert } from "antd";
import { Link } from "react-router";
import type { DocumentView, LinkView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";
import { matterAddress } from "./matter-list";

type Props = Pick<DocumentView, "recalled" | "replaced" | "replaces" | "repealed"> & {
  /** Whose page it is: a receiver is led to what he received himself. */
  of: "document" | "incoming";
};

export function Standing({ replaces, of, ...counts }: Props) {
  return (
    <>
      <Void of={of} {...counts} />
      {replaces != null && (
        <Alert type="info" showIcon
          title={<>{zh.handling.replacesNote}<Other of={of} link={replaces} /></>} />
      )}
    </>
  );
}

/** Another document, where whoever looks can open it. */
function Other({ of, link }: { of: Props["of"]; link: LinkView }) {
  if (of === "document") return <Link to={`/documents/${link.document}`}>{link.number}</Link>;
  if (link.receipt == null) return <>{link.number}</>;
  return <Link to={matterAddress("incoming", link.receipt)}>{link.number}</Link>;
}

function Void({ recalled, replaced, repealed, of }: Omit<Props, "replaces">) {
  if (recalled != null) {
    const note = zh.handling.recalledNote(time(recalled.time_ms), recalled.reason);
    return <Alert type="warning" showIcon title={note} />;
  }
  const by = repealed ?? replaced;
  if (by == null) return null;
  const title = (
    <>
      {repealed == null ? zh.handling.replacedNote : zh.repeal.note}
      <Other of={of} link={by} />
    </>
  );
  return <Alert type="warning" showIcon title={title} />;
}

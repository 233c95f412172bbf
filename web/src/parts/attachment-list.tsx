// Files attached to a matter.
import { PaperClipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { attachmentAddress } from "../api/calls";
import type { Attachment } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { size } from "../ui/format";
import { Nothing } from "./standing-states";

interface Props {
  document: string;
  attachments: Attachment[];
  onRemove?: (digest: string) => void;
}

export function AttachmentList({ document, attachments, onRemove }: Props) {
  if (attachments.length === 0) return <Nothing text={zh.document.noAttachments} />;
  return (
    <ul className="attachments">
      {attachments.map((file) => (
        <li key={file.digest}>
          <PaperClipOutlined aria-hidden="true" />
          <a href={attachmentAddress(document, file.digest)} download={file.name}>{file.name}</a>
          <span className="soft">{size(file.size)}</span>
          {onRemove !== undefined && (
            <Button size="small" type="text" onClick={() => { onRemove(file.digest); }}>
              {zh.common.remove}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

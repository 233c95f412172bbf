// Files attached to a matter.
import { PaperClipOutlined } from "@ant-design/icons";
import { Button, Modal, Tag } from "antd";
import { useState } from "react";
import { attachmentAddress } from "../api/calls";
import type { Attachment } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { size } from "../ui/format";
import { attachedPages, isPaged } from "./page-source";
import { PageViewer } from "./page-viewer";
import { Nothing } from "./standing-states";

interface Props {
  document: string;
  attachments: Attachment[];
  /** Digests of those that only show what a rule asked for. */
  proofs?: readonly string[];
  onRemove?: (digest: string) => void;
}

export function AttachmentList({ document, attachments, proofs = [], onRemove }: Props) {
  const [viewed, setViewed] = useState<Attachment>();
  if (attachments.length === 0) return <Nothing text={zh.document.noAttachments} />;
  return (
    <>
      <ul className="attachments">
        {attachments.map((file) => (
          <li key={file.digest}>
            <PaperClipOutlined aria-hidden="true" />
            <a href={attachmentAddress(document, file.digest)} download={file.name}>{file.name}</a>
            <span className="soft">{size(file.size)}</span>
            {proofs.includes(file.digest) && <Tag>{zh.rule.proof}</Tag>}
            {isPaged(file) && (
              <Button size="small" aria-label={zh.pages.viewOf(file.name)}
                onClick={() => { setViewed(file); }}>
                {zh.pages.view}
              </Button>
            )}
            {onRemove !== undefined && (
              <Button size="small" type="text" onClick={() => { onRemove(file.digest); }}>
                {zh.common.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal open={viewed !== undefined} title={viewed?.name} footer={null} destroyOnHidden
        className="viewer-dialog" width="min(1240px, 100%)" onCancel={() => { setViewed(undefined); }}>
        {viewed !== undefined && <PageViewer source={attachedPages(document, viewed)} />}
      </Modal>
    </>
  );
}

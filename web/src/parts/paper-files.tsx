// What came on paper: its pages, and what the machine had read beside what was registered.
import { PaperClipOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useState } from "react";
import { paperAddress } from "../api/calls";
import type { Attachment, PaperView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { size } from "../ui/format";
import { isPaged, paperPages } from "./page-source";
import { PageViewer } from "./page-viewer";

const isPicture = (file: Attachment) => /^image\/(png|jpeg)$/.test(file.media);

export function PaperFiles({ id, files }: { id: string; files: Attachment[] }) {
  const [viewed, setViewed] = useState<Attachment>();
  return (
    <>
      <ul className="attachments">
        {files.map((file) => (
          <li key={file.digest}>
            <PaperClipOutlined aria-hidden="true" />
            <a href={paperAddress(id, file.digest)} download={file.name}>{file.name}</a>
            <span className="soft">{size(file.size)}</span>
            {isPaged(file) && (
              <Button size="small" aria-label={zh.pages.viewOf(file.name)}
                onClick={() => { setViewed(file); }}>
                {zh.pages.view}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {files.filter(isPicture).map((file) => (
        <img key={file.digest} className="paper-picture" src={paperAddress(id, file.digest)}
          alt={zh.intake.scanOf(file.name)} />
      ))}
      <Modal open={viewed !== undefined} title={viewed?.name} footer={null} destroyOnHidden
        className="viewer-dialog" width="min(1240px, 100%)"
        onCancel={() => { setViewed(undefined); }}>
        {viewed !== undefined && <PageViewer source={paperPages(id, viewed)} />}
      </Modal>
    </>
  );
}

export function PaperReadings({ paper }: { paper: PaperView }) {
  return (
    <table className="form-rows">
      <thead>
        <tr>
          <th scope="col">{zh.intake.item}</th>
          <th scope="col">{zh.intake.machine}</th>
          <th scope="col">{zh.intake.confirmed}</th>
        </tr>
      </thead>
      <tbody>
        {paper.readings.map((own) => (
          <tr key={own.field}>
            <th scope="row">{zh.intake.field[own.field]}</th>
            <td>{own.text}<span className="soft whole">（{own.percent}%）</span></td>
            <td>
              {own.confirmed}
              {own.confirmed !== own.text && (
                <span className="tag tone-amber">{zh.intake.byHand}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

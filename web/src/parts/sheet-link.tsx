// 发文稿纸、文件处理单: the handling of a document on paper.
import { PrinterOutlined } from "@ant-design/icons";
import { zh } from "../i18n/zh-cn";

type Of = "documents" | "incoming";

function address(of: Of, id: string): string {
  return `/api/${of}/${encodeURIComponent(id)}`;
}

export function voicesOf(of: Of, id: string): string {
  return `${address(of, id)}/voices`;
}

export function SheetLink({ of, id }: { of: Of; id: string }) {
  return (
    <a className="tall" href={`${address(of, id)}/sheet`} download>
      <PrinterOutlined aria-hidden="true" /> {zh.byHand.sheet[of]}
    </a>
  );
}

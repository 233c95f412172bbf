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

interface Props {
  of: Of;
  id: string;
  /** Its handling, or where it went. */
  sheet?: "sheet" | "dispatch";
}

export function SheetLink({ of, id, sheet = "sheet" }: Props) {
  const name = sheet === "dispatch" ? zh.byHand.dispatch : zh.byHand.sheet[of];
  return (
    <a className="tall" href={`${address(of, id)}/${sheet}`} download>
      <PrinterOutlined aria-hidden="true" /> {name}
    </a>
  );
}

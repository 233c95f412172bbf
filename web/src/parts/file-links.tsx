// Files that a form holds: by name and size, to be had with a press.
import { PaperClipOutlined } from "@ant-design/icons";
import { zh } from "../i18n/zh-cn";
import { size } from "../ui/format";

export interface FormFile {
  digest: string;
  name: string;
  size: number;
  address: string;
}

export function FileLinks({ digests, files }: { digests: string[]; files: FormFile[] }) {
  return (
    <ul className="attachments">
      {digests.map((digest) => {
        const file = files.find((one) => one.digest === digest);
        return (
          <li key={digest}>
            <PaperClipOutlined aria-hidden="true" />
            {file === undefined
              ? <span>{zh.form.file(digest)}</span>
              : (
                <>
                  <a className="tall" href={file.address} download={file.name}>{file.name}</a>
                  <span className="soft">{size(file.size)}</span>
                </>
              )}
          </li>
        );
      })}
    </ul>
  );
}

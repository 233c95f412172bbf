// 传阅: who has read it, and who has not.
import type { IncomingView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";

export function Circulation({ readers }: { readers: IncomingView["readers"] }) {
  const unread = readers.filter((reader) => reader.read_ms == null);
  const shown = [...unread, ...readers.filter((reader) => reader.read_ms != null)];
  return (
    <>
      <p className={unread.length > 0 ? "red" : "soft"}>{zh.handling.unread(unread.length)}</p>
      <ul className="readers">
        {shown.map((reader) => (
          <li key={reader.name}>
            {reader.name}
            {" "}
            <span className="soft whole">
              {reader.read_ms == null ? zh.handling.notRead : zh.handling.readAt(time(reader.read_ms))}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

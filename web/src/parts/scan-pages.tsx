// Pages that came on paper, with a frame around what was read.
import type { ReadField } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { type Reading, type Scanned, SURE_MIN } from "./intake-form";

interface Props {
  files: readonly Scanned[];
  readings: readonly Reading[];
  chosen: ReadField | undefined;
  onChoose: (field: ReadField) => void;
}

export function ScanPages({ files, readings, chosen, onChoose }: Props) {
  return (
    <div className="scans">
      {files.map(({ file, scan }, at) => (
        <div key={at} className="scan-file">
          {scan.unread != null && <p className="notice" role="status">{`${scan.unread}。`}</p>}
          {scan.pages.map((page, place) => (
            <figure key={page.number} className="scan">
              <div className="scan-sheet">
                <img src={page.picture}
                  alt={zh.intake.pageOf(file.name, page.number, scan.count)} />
                {readings
                  .filter((one) => one.file === at && one.page === place)
                  .map((one) => (
                    <Frame key={one.field} reading={one} chosen={one.field === chosen}
                      onChoose={onChoose} />
                  ))}
              </div>
              <figcaption className="soft">
                {zh.intake.pageOf(file.name, page.number, scan.count)}
                {"　"}
                {page.by_eye ? zh.intake.byEye : zh.intake.byText}
              </figcaption>
            </figure>
          ))}
          {scan.count > scan.pages.length && (
            <p className="soft">{zh.intake.skipped(scan.count)}</p>
          )}
        </div>
      ))}
    </div>
  );
}

const percent = (part: number) => `${String(part * 100)}%`;

function Frame({ reading, chosen, onChoose }: {
  reading: Reading; chosen: boolean; onChoose: (field: ReadField) => void;
}) {
  const [left = 0, top = 0, right = 0, bottom = 0] = reading.bounds;
  const tone = reading.sure < SURE_MIN ? "unsure" : "";
  return (
    <button type="button" className={`scan-frame ${tone} ${chosen ? "chosen" : ""}`}
      aria-label={`${zh.intake.field[reading.field]}：${reading.text}`}
      style={{
        left: percent(left), top: percent(top),
        width: percent(right - left), height: percent(bottom - top),
      }}
      onClick={() => { onChoose(reading.field); }} />
  );
}

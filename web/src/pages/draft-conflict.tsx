// Somebody saved in between: mine beside theirs, and what to do about it. Nothing is lost either
// way: theirs stays a version on the server, mine a draft on this machine.
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { calls } from "../api/calls";
import { zh } from "../i18n/zh-cn";
import { Failed, Waiting } from "../parts/standing-states";
import { VersionCompare } from "../parts/version-compare";
import type { Written } from "./document-editor";
import { type HeadDraft, told } from "./head-draft";
import { Dialog } from "../ui/dialog";

/** A version on the server: whose, of when, and what it holds. */
export interface Saved {
  document: string;
  person: string;
  time_ms: number;
  written: Written;
}

/** What of two heads differs, in words. */
export function headChanges(theirs: HeadDraft, mine: HeadDraft): [string, string, string][] {
  const other = told(mine);
  return told(theirs).flatMap(([name, was], at) => {
    const now = other[at]?.[1] ?? "";
    return was === now ? [] : [[name, was, now] satisfies [string, string, string]];
  });
}

interface Props {
  mine: Written;
  theirs: Saved;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
  onBack: () => void;
}

export function DraftConflict({ mine, theirs, busy, onMine, onTheirs, onBack }: Props) {
  const unsaved = { title: mine.head.title, body: mine.body };
  const number = theirs.written.base;
  const compared = useQuery({
    queryKey: ["document", theirs.document, "unsaved", number, unsaved],
    queryFn: () => calls.compareUnsaved(theirs.document, number, unsaved),
    staleTime: Infinity,
    gcTime: 0,
  });
  const c = zh.conflict;
  return (
    <Dialog title={c.title} width={960} onCancel={onBack} mask={{ closable: false }}
      footer={(
        <div className="conflict-choices">
          <Button onClick={onBack}>{c.back}</Button>
          <Button onClick={onTheirs}>{c.theirs}</Button>
          <Button type="primary" loading={busy} onClick={onMine}>{c.mine}</Button>
        </div>
      )}
    >
      <p>{c.told(theirs, mine.base)}</p>
      <Heads changes={headChanges(theirs.written.head, mine.head)} />
      {compared.isPending && <Waiting />}
      {compared.isError && (
        <Failed error={compared.error} onRetry={() => void compared.refetch()} />
      )}
      {compared.data !== undefined && (
        <VersionCompare lines={compared.data} words={{ inserted: c.mineOnly, deleted: c.theirsOnly }} />
      )}
      <p className="soft">{c.note(number)}</p>
    </Dialog>
  );
}

function Heads({ changes }: { changes: [string, string, string][] }) {
  if (changes.length === 0) return null;
  return (
    <table className="conflict-heads">
      <thead>
        <tr>
          <th scope="col">{zh.conflict.field}</th>
          <th scope="col">{zh.conflict.theirsIs}</th>
          <th scope="col">{zh.conflict.mineIs}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(([name, was, now]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{was === "" ? zh.common.none : was}</td>
            <td>{now === "" ? zh.common.none : now}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

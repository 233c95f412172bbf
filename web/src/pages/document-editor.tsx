// Head and text under one pen, kept on this machine until saved.
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { asProblem } from "../api/problem";
import { calls, pictureAddress } from "../api/calls";
import type { Body } from "../api/types";
import { useDraft } from "../hooks/draft";
import { zh } from "../i18n/zh-cn";
import { DraftKept, DraftNotices } from "../parts/draft-notices";
import { ProblemNote } from "../parts/problem-note";
import { TextEditor } from "../parts/text-editor";
import { Page } from "../shell/page";
import { DraftConflict, type Saved } from "./draft-conflict";
import { emptyHead, type HeadDraft } from "./head-draft";
import { HeadForm } from "./head-form";
import { RuleHints } from "./rule-hints";
import { type Taken, WordImport } from "./word-import";

export interface Written {
  head: HeadDraft;
  body: Body;
  /** The number of the version it was written on; 0 for what is new. */
  base: number;
}

interface Props {
  title: string;
  /** What else it can be begun from. */
  start?: ReactNode;
  /** Names the draft on this machine. */
  draftKey: string;
  /** The document's key, once it has one. */
  document?: string | undefined;
  /** The drafting unit. */
  unit: string | undefined;
  initial: Written;
  /** The newest version that the server has; none of what is new. */
  newest?: Saved | undefined;
  below?: string | undefined;
  busy: boolean;
  error: unknown;
  /** Saves, and attaches the files; resolves when the server has it. */
  onSave: (written: Written, files: readonly File[]) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
  /** The other's text was taken: what was refused is settled. */
  onTaken?: () => void;
}

function useWriting(props: Props) {
  const draft = useDraft<Written>(props.draftKey);
  const [written, setWritten] = useState(props.initial);
  const [round, setRound] = useState(0);
  const [untitled, setUntitled] = useState(false);
  const [comparing, setComparing] = useState(false);
  const [files, setFiles] = useState<readonly File[]>([]);
  const change = (part: Partial<Written>) => {
    const next = { ...written, ...part };
    setWritten(next);
    draft.keep(next);
  };
  const show = (value: Written) => {
    // What an older page kept on this machine knows less of a head.
    setWritten({ ...value, head: { ...emptyHead, ...value.head } });
    setRound(round + 1);
    setComparing(false);
  };
  const take = ({ head, body, files }: Taken) => {
    change({ head: { ...written.head, ...head }, body });
    setFiles(files);
    setRound(round + 1);
  };
  const save = async (what: Written) => {
    setUntitled(what.head.title.trim() === "");
    if (what.head.title.trim() === "") return;
    try {
      await props.onSave(what, files);
      draft.drop();
    } catch (error) {
      setComparing(asProblem(error).isStale);
    }
  };
  return { draft, written, round, untitled, files, comparing, setComparing, change, show, take, save };
}

export function DocumentEditor(props: Props) {
  const { newest } = props;
  const writing = useWriting(props);
  const { draft, written, round, change, show } = writing;
  const overtaken = newest !== undefined && newest.written.base > written.base;
  const save = (what: Written) => { void writing.save(what); };
  const takeTheirs = () => {
    if (newest === undefined) return;
    draft.setAside();
    show(newest.written);
    props.onTaken?.();
  };
  return (
    <Page title={props.title} tools={<>{props.start}<WordImport unit={props.unit} onTake={writing.take} /></>}>
      <DraftNotices
        draft={draft}
        elsewhere={newest === undefined ? zh.draft.elsewhereNew : zh.draft.elsewhere}
        onTake={show}
      />
      {overtaken && (
        <div className="notice" role="status">
          <span>{zh.conflict.told(newest, written.base)}</span>
          <Button size="small" onClick={() => { writing.setComparing(true); }}>{zh.conflict.compare}</Button>
        </div>
      )}
      <Paper {...props} written={written} round={round} change={change} />
      {writing.files.length > 0
        && <p className="soft">{zh.word.annexes(writing.files.map((file) => file.name))}</p>}
      {writing.untitled && <p className="red" role="alert">{zh.head.titleNeeded}</p>}
      {props.error != null && (
        <ProblemNote
          problem={asProblem(props.error)}
          {...(props.onReload !== undefined && !overtaken && { onReload: props.onReload })}
        />
      )}
      <div className="foot-bar">
        <Button type="primary" loading={props.busy} onClick={() => { save(written); }}>
          {zh.document.save}
        </Button>
        <Button onClick={props.onCancel}>{zh.common.cancel}</Button>
        <DraftKept draft={draft} />
      </div>
      {writing.comparing && overtaken && (
        <DraftConflict
          mine={written}
          theirs={newest}
          busy={props.busy}
          onMine={() => { save({ ...written, base: newest.written.base }); }}
          onTheirs={takeTheirs}
          onBack={() => { writing.setComparing(false); }}
        />
      )}
    </Page>
  );
}

type PaperProps = Pick<Props, "unit" | "below" | "document"> & {
  written: Written;
  /** Another text was put under the pen. */
  round: number;
  change: (part: Partial<Written>) => void;
};

/** Head and text, and beside them what the rules say of both. */
function Paper({ written, round, change, unit, below, document }: PaperProps) {
  return (
    <div className="writing-beside">
      <div className="writing-main">
        <HeadForm
          key={`head-${String(round)}`}
          value={written.head}
          unit={unit}
          below={below}
          onChange={(head) => { change({ head }); }}
        />
        <TextEditor
          key={`text-${String(round)}`}
          initial={written.body}
          onChange={(body) => { change({ body }); }}
          pictures={{
            upload: calls.upload,
            address: (digest) => pictureAddress(document, digest),
          }}
        />
      </div>
      <RuleHints written={written} document={document} />
    </div>
  );
}

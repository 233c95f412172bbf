// Head and text under one pen, kept on this machine until saved.
import { Button } from "antd";
import { useState } from "react";
import { asProblem } from "../api/problem";
import type { Body } from "../api/types";
import { useDraft } from "../hooks/draft";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { TextEditor } from "../parts/text-editor";
import { time } from "../ui/format";
import { type HeadDraft, HeadForm } from "./head-form";

export interface Written {
  head: HeadDraft;
  body: Body;
}

interface Props {
  /** Names the draft on this machine. */
  draftKey: string;
  initial: Written;
  below?: string | undefined;
  busy: boolean;
  error: unknown;
  /** Saves; resolves when the server has it. */
  onSave: (written: Written) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

export function DocumentEditor(props: Props) {
  const draft = useDraft<Written>(props.draftKey);
  const [written, setWritten] = useState(props.initial);
  const [round, setRound] = useState(0);
  const [untitled, setUntitled] = useState(false);
  const change = (part: Partial<Written>) => {
    const next = { ...written, ...part };
    setWritten(next);
    draft.keep(next);
  };
  const save = async () => {
    setUntitled(written.head.title.trim() === "");
    if (written.head.title.trim() === "") return;
    await props.onSave(written);
    draft.drop();
  };
  const restore = (value: Written) => {
    setWritten(value);
    setRound(round + 1);
    draft.forget();
  };
  const cancel = () => {
    draft.drop();
    props.onCancel();
  };
  return (
    <div className="writing">
      {draft.found !== undefined && (
        <div className="notice" role="status">
          <span>{zh.draft.found(time(draft.found.time_ms))}</span>
          <Button size="small" onClick={() => { if (draft.found) restore(draft.found.value); }}>
            {zh.draft.restore}
          </Button>
          <Button size="small" type="text" onClick={draft.drop}>{zh.draft.discard}</Button>
        </div>
      )}
      <HeadForm
        value={written.head}
        below={props.below}
        onChange={(head) => { change({ head }); }}
      />
      <TextEditor
        key={round}
        initial={written.body}
        onChange={(body) => { change({ body }); }}
      />
      {untitled && <p className="red" role="alert">{zh.head.titleNeeded}</p>}
      {props.error != null && (
        <ProblemNote
          problem={asProblem(props.error)}
          {...(props.onReload !== undefined && { onReload: props.onReload })}
        />
      )}
      <div className="foot-bar">
        <Button
          type="primary"
          loading={props.busy}
          onClick={() => { save().catch(() => undefined); }}
        >
          {zh.document.save}
        </Button>
        <Button onClick={cancel}>{zh.common.cancel}</Button>
        {draft.keptMs !== undefined && (
          <span className="soft">{zh.draft.kept(time(draft.keptMs))}</span>
        )}
      </div>
    </div>
  );
}

// A Word file read into the form: what was recognised and what was dropped is told before
// anything is filled in.
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef, useState } from "react";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import type { Body, WordDraft } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { characters } from "../parts/body";
import { ProblemNote } from "../parts/problem-note";
import { emptyHead, type HeadDraft } from "./head-draft";
import { annexFiles, withPictures } from "./word-annexes";
import { Dialog } from "../ui/dialog";

const w = zh.word;
/** What the server takes. */
const BYTES_MAX = 20 * 1024 * 1024;

export interface Taken {
  head: Partial<HeadDraft>;
  body: Body;
  /** Annexes, each as a file that is attached once it is saved. */
  files: File[];
}

interface Props {
  /** The drafting unit. */
  unit: string | undefined;
  onTake: (taken: Taken) => void;
}

/** What the form takes of a draft; what was not recognised stays as it is there. */
export function takenOf(draft: WordDraft): Taken {
  const { title, document_type, format, urgency, recipients, copies, note, meeting, body } = draft;
  const { issuer, joint, signer, openness } = draft;
  return {
    head: {
      urgency,
      format: format ?? undefined,
      ...(title !== "" && { title }),
      ...(document_type != null && { document_type }),
      ...(recipients.length > 0 && { recipients }),
      ...(copies.length > 0 && { copies }),
      ...(issuer != null && { issuer }),
      ...(joint.length > 0 && { joint }),
      ...(signer != null && { signer }),
      ...(note !== "" && { note }),
      ...(openness != null && { openness }),
      ...(meeting != null && { meeting: { ...emptyHead.meeting, ...meeting } }),
    },
    body: (body.content ?? []).length > 0 ? body : { ...body, content: [{ type: "paragraph" }] },
    files: annexFiles(draft),
  };
}

export function WordImport({ unit, onTake }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const read = useMutation({ mutationFn: (file: File) => calls.importWord(file, unit ?? "") });
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setTooLarge(file.size > BYTES_MAX);
    if (file.size <= BYTES_MAX) read.mutate(file);
  };
  // Now and not with the draft: they are seen while one writes, and found again after a reload.
  const fill = useMutation({
    mutationFn: async (draft: WordDraft) => {
      onTake(takenOf({ ...draft, body: await withPictures(draft) }));
      close();
    },
  });
  const close = () => {
    setTooLarge(false);
    fill.reset();
    read.reset();
  };
  return (
    <>
      <input ref={input} type="file" accept=".docx,.docm,.doc,.wps" hidden aria-label={w.import}
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = "";
        }} />
      <Button loading={read.isPending} onClick={() => input.current?.click()}>
        {read.isPending ? w.reading : w.import}
      </Button>
      {(tooLarge || read.isError) && (
        <Dialog title={w.title} footer={null} onCancel={close}>
          {tooLarge
            ? <p className="red" role="alert">{w.tooLarge}</p>
            : <ProblemNote problem={asProblem(read.error)} />}
        </Dialog>
      )}
      {read.data !== undefined && (
        <Dialog title={w.title} okText={w.take} confirmLoading={fill.isPending} onCancel={close}
          onOk={() => { fill.mutate(read.data); }}>
          <Report draft={read.data} />
          {fill.isError && <ProblemNote problem={asProblem(fill.error)} />}
        </Dialog>
      )}
    </>
  );
}

function Report({ draft }: { draft: WordDraft }) {
  return (
    <>
      <p>{w.note}</p>
      <h3 className="word-part">{w.found}</h3>
      {draft.found.length === 0
        ? <p className="soft">{w.nothingFound}</p>
        : (
          <dl className="word-found" aria-label={w.found} tabIndex={0}>
            {draft.found.map((one) => (
              <div key={one.name}><dt>{one.name}</dt><dd>{one.text}</dd></div>
            ))}
          </dl>
        )}
      <p className="soft">{w.text(characters(draft.body), (draft.body.content ?? []).length)}</p>
      {draft.pictures.length > 0 && <p className="soft">{w.pictures(draft.pictures.length)}</p>}
      {draft.annexes.length > 0
        && <p className="soft">{w.annexes(draft.annexes.map((one) => one.name))}</p>}
      <h3 className="word-part">{w.dropped}</h3>
      {draft.dropped.length === 0
        ? <p className="soft">{w.nothingDropped}</p>
        : (
          <ul className="import-notes" aria-label={w.dropped} tabIndex={0}>
            {draft.dropped.map((one) => <li key={one}>{one}</li>)}
          </ul>
        )}
      <p className="soft">{w.replaces}</p>
    </>
  );
}

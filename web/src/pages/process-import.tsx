// A BPMN file read into the editor, with what could not be carried told before one goes on.
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef, useState } from "react";
import { asProblem } from "../api/problem";
import type { ImportedView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Dialog } from "../ui/dialog";

const x = zh.exchange;
/** What the server takes. */
const BYTES_MAX = 4 * 1024 * 1024;

export function ImportBpmn({ onFlow }: { onFlow: (flow: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const read = useMutation({
    mutationFn: async (file: File) => workflow.importBpmn(await file.text()),
    onSuccess: (told) => { onFlow(told.flow); },
  });
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setTooLarge(file.size > BYTES_MAX);
    if (file.size <= BYTES_MAX) read.mutate(file);
  };
  return (
    <>
      <input ref={input} type="file" accept=".bpmn,.xml,application/xml" hidden
        aria-label={x.import}
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = "";
        }} />
      <Button loading={read.isPending} onClick={() => input.current?.click()}>{x.import}</Button>
      {(tooLarge || read.isError) && (
        <Dialog title={x.title} footer={null}
          onCancel={() => { setTooLarge(false); read.reset(); }}>
          {tooLarge
            ? <p className="red" role="alert">{x.tooLarge}</p>
            : <ProblemNote problem={asProblem(read.error)} />}
        </Dialog>
      )}
      {read.data !== undefined && <Report told={read.data} onClose={() => { read.reset(); }} />}
    </>
  );
}

function Report({ told, onClose }: { told: ImportedView; onClose: () => void }) {
  return (
    <Dialog title={x.title} okText={x.close} onOk={onClose} onCancel={onClose}
      footer={(_, { OkBtn }) => <OkBtn />}>
      <p>{told.origin === "ours" ? x.ours : x.draft}</p>
      {told.notes.length === 0
        ? <p className="soft">{x.nothing}</p>
        : (
          <ul className="import-notes" aria-label={x.notes} tabIndex={0}>
            {told.notes.map((note) => <li key={note}>{note}</li>)}
          </ul>
        )}
    </Dialog>
  );
}

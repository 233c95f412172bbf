// The editions of a process, and the one that awaits a second person.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { newActId } from "../api/client";
import { asProblem } from "../api/problem";
import type { LibraryRequest, ProcessView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Waiting } from "../parts/standing-states";
import { time } from "../ui/format";
import { CompareDialog, useEdition } from "./process-compare";
import { Whole } from "../ui/whole";
import { Dialog } from "../ui/dialog";

const [p, e] = [zh.process, zh.editing];

interface Props {
  view: ProcessView;
  /** The administrator's post, for whoever has one. */
  post: string | undefined;
}

export function useLibraryAct(code: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ as_post, request }: { as_post: string; request: LibraryRequest }) =>
      workflow.libraryAct(code, { act_id: newActId(), as_post, request }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["process", code] }),
  });
}

export function Editions({ view, post }: Props) {
  const [shown, setShown] = useState<number>();
  const [back, setBack] = useState<number>();
  const [compared, setCompared] = useState<number>();
  const act = useLibraryAct(view.code);
  const mayRoll = post !== undefined && view.proposal == null;
  return (
    <>
      <ul className="sessions">
        {view.editions.map((edition) => (
          <li key={edition.version}>
            <div>
              <b>{p.edition(edition.version)}</b>
              {edition.version === view.version && (
                <span className="tag tone-green edition-now">{p.current}</span>
              )}
              <p className="soft">
                <Whole text={p.by(
                  edition.person === "import" ? p.imported : edition.person, time(edition.time_ms),
                )} />
              </p>
            </div>
            <div className="bar">
              <Button onClick={() => { setShown(edition.version); }}>{p.compare}</Button>
              {view.version != null && edition.version !== view.version && (
                <Button onClick={() => { setCompared(edition.version); }}>
                  {zh.comparing.open}
                </Button>
              )}
              {mayRoll && edition.version !== view.version && (
                <Button onClick={() => { setBack(edition.version); }}>{e.rollBack}</Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <EditionText code={view.code} version={shown} onClose={() => { setShown(undefined); }} />
      )}
      {compared !== undefined && view.version != null && (
        <CompareDialog view={view} from={Math.min(compared, view.version)}
          to={Math.max(compared, view.version)} onClose={() => { setCompared(undefined); }} />
      )}
      {back !== undefined && post !== undefined && (
        <Why title={e.rollBack} busy={act.isPending} error={act.error}
          onClose={() => { setBack(undefined); act.reset(); }}
          onSend={(note) => {
            act.mutate({ as_post: post, request: { do: "roll_back", version: back, note } },
              { onSuccess: () => { setBack(undefined); } });
          }} />
      )}
    </>
  );
}

function EditionText(props: { code: string; version: number; onClose: () => void }) {
  const { code, version, onClose } = props;
  const texts = useEdition(code, version);
  return (
    <Dialog title={p.edition(version)} footer={null} width={860} onCancel={onClose}>
      {texts.isPending && <Waiting />}
      {texts.isError && <Failed error={texts.error} />}
      {texts.data !== undefined && (
        <pre className="flow" tabIndex={0} aria-label={p.text}>{texts.data.flow}</pre>
      )}
    </Dialog>
  );
}

/** What awaits confirmation; two people agree on an edition. */
export function Proposal({ view, post }: Props) {
  const [dismissing, setDismissing] = useState(false);
  const [comparing, setComparing] = useState(false);
  const { message } = App.useApp();
  const act = useLibraryAct(view.code);
  const { proposal } = view;
  if (proposal == null) return null;
  const send = (request: LibraryRequest, done: string) => {
    if (post === undefined) return;
    act.mutate({ as_post: post, request }, {
      onSuccess: () => {
        setDismissing(false);
        void message.success(done);
      },
    });
  };
  return (
    <section className="notice" aria-label={e.proposal(proposal.version)}>
      <b>{e.proposal(proposal.version)}</b>
      <span>{proposal.note}</span>
      <span className="soft"><Whole text={p.by(proposal.person, time(proposal.time_ms))} /></span>
      {view.version != null && (
        <Button onClick={() => { setComparing(true); }}>{zh.comparing.proposal}</Button>
      )}
      {comparing && view.version != null && (
        <CompareDialog view={view} from={view.version} to={proposal.version}
          onClose={() => { setComparing(false); }} />
      )}
      {post !== undefined && (
        <>
          <Button type="primary" loading={act.isPending}
            onClick={() => { send({ do: "release", version: proposal.version }, e.released); }}>
            {e.release}
          </Button>
          <Button onClick={() => { setDismissing(true); }}>{e.dismiss}</Button>
        </>
      )}
      {act.isError && !dismissing && <ProblemNote problem={asProblem(act.error)} />}
      {dismissing && (
        <Why title={e.dismiss} busy={act.isPending} error={act.error}
          onClose={() => { setDismissing(false); act.reset(); }}
          onSend={(reason) => { send({ do: "dismiss", reason }, e.dismissed); }} />
      )}
    </section>
  );
}

interface WhyProps {
  title: string;
  busy: boolean;
  error: unknown;
  onSend: (why: string) => void;
  onClose: () => void;
}

export function Why({ title, busy, error, onSend, onClose }: WhyProps) {
  const [why, setWhy] = useState("");
  const [missing, setMissing] = useState(false);
  const send = () => {
    setMissing(why.trim() === "");
    if (why.trim() !== "") onSend(why.trim());
  };
  return (
    <Dialog title={title} okText={title} cancelText={zh.common.cancel} confirmLoading={busy}
      onOk={send} onCancel={onClose}>
      <div className="stack">
        <label htmlFor="why">{e.reason}</label>
        <Input.TextArea id="why" rows={3} maxLength={500} value={why}
          onChange={(event) => { setWhy(event.target.value); }} />
      </div>
      {missing && <p className="red" role="alert">{e.reasonNeeded}</p>}
      {error != null && <ProblemNote problem={asProblem(error)} />}
    </Dialog>
  );
}

// 发起: filling in a process's form, kept on this machine until the server has it.
import { useMutation } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useRef, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { newActId } from "../api/client";
import { asProblem, isGone } from "../api/problem";
import type { FormSchema, ProcessView, Values } from "../api/work-types";
import { type Begun, workflow } from "../api/workflow";
import { useDraft } from "../hooks/draft";
import { zh } from "../i18n/zh-cn";
import { filled, laterFields, problems } from "../parts/form-values";
import { DraftKept, DraftNotices } from "../parts/draft-notices";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { FormFields } from "./form-fields";
import { useProcess } from "./process";

const s = zh.start;

export function ProcessStartPage() {
  const { code = "" } = useParams();
  const page = useProcess(code);
  if (page.isPending) return <Waiting />;
  if (page.data === undefined || isGone(page.error)) {
    return (
      <Page title={zh.process.notShown}>
        <Failed error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  }
  return <Starting key={code} view={page.data} />;
}

interface Written {
  values: Values;
  opinion: string;
}

type Wish = Omit<Begun, "act_id">;

/** The same wish keeps its id: a second press begins nothing twice. */
function useStart() {
  const last = useRef<{ text: string; id: string }>(undefined);
  return useMutation({
    mutationFn: (wish: Wish) => {
      const text = JSON.stringify(wish);
      if (last.current?.text !== text) last.current = { text, id: newActId() };
      return workflow.start({ act_id: last.current.id, ...wish });
    },
    onError: (error) => {
      const { status } = asProblem(error).body;
      if (status !== 0 && status < 500) last.current = undefined;
    },
  });
}

function Starting({ view }: { view: ProcessView }) {
  const { who } = useSession();
  const [search] = useSearchParams();
  const { message } = App.useApp();
  const go = useNavigate();
  const draft = useDraft<Written>(`${who.person}.start.${view.code}`);
  const [written, setWritten] = useState<Written>({ values: {}, opinion: "" });
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const start = useStart();
  const asked = search.get("as");
  const post = view.posts.find((one) => one === asked) ?? view.posts[0];
  const form = view.form as FormSchema;
  const later = laterFields(form, view.flow);
  const required = form.required ?? [];
  const change = (part: Partial<Written>) => {
    const next = { ...written, ...part };
    setWritten(next);
    draft.keep(next);
  };
  const send = (submit: boolean) => {
    if (post === undefined) return;
    const found = problems(form, written.values, submit ? required : []);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { opinion } = written;
    const fields = filled(written.values);
    start.mutate({ as_post: post, code: view.code, fields, submit, opinion }, {
      onSuccess: (done) => {
        draft.drop();
        void message.success(submit ? s.submitted : s.saved);
        void go(`/works/${encodeURIComponent(done.id ?? "")}`);
      },
    });
  };
  if (post === undefined) {
    return <Page title={s.title(view.name)}><Nothing text={zh.process.cannotStart} /></Page>;
  }
  return (
    <Page title={s.title(view.name)}>
      <DraftNotices draft={draft} elsewhere={zh.draft.elsewhereNew} onTake={setWritten} />
      <FormFields form={form} values={written.values} required={required} wrong={wrong}
        shown={(name) => !later.has(name)} onChange={(values) => { change({ values }); }} />
      <div className="form form-opinion">
        <label htmlFor="start-opinion">{s.opinion}（{zh.common.optional}）</label>
        <Input.TextArea id="start-opinion" rows={2} maxLength={2000} value={written.opinion}
          onChange={(event) => { change({ opinion: event.target.value }); }} />
      </div>
      {Object.keys(wrong).length > 0 && <p className="red" role="alert">{zh.form.wrong}</p>}
      {start.isError && <ProblemNote problem={asProblem(start.error)} />}
      <div className="foot-bar">
        <Button type="primary" loading={start.isPending} onClick={() => { send(true); }}>
          {s.submit}
        </Button>
        <Button disabled={start.isPending} onClick={() => { send(false); }}>{s.save}</Button>
        <DraftKept draft={draft} />
      </div>
    </Page>
  );
}

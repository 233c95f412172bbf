// 试办: a case on real posts, at a moment of one's choice, with the limits that come of it.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { asProblem } from "../api/problem";
import type { TrialView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { Fold, type Folding } from "../parts/fold";
import { ProblemNote } from "../parts/problem-note";
import { Nothing } from "../parts/standing-states";
import { startOf, withPass, withStart } from "../parts/trial-text";
import { limit, time } from "../ui/format";
import { OnePost } from "./form-pickers";

const [t, e] = [zh.trial, zh.editing];

interface Props extends Folding {
  code: string;
  flow: string;
  form: string;
  scenario: string;
  onScenario: (scenario: string) => void;
}

export function Trial({ code, flow, form, scenario, onScenario, ...folding }: Props) {
  const trial = useMutation({ mutationFn: () => workflow.rehearse({ flow, form, scenario }) });
  return (
    <Fold title={e.rehearse} {...folding}>
      <div className="stack">
        <p className="soft">{t.note}</p>
        <TimeTravel code={code} scenario={scenario} onChange={onScenario} />
        <label htmlFor="edit-scenario">{e.scenario}</label>
        <Input.TextArea id="edit-scenario" className="code-area" rows={10} value={scenario}
          spellCheck={false} onChange={(event) => { onScenario(event.target.value); }} />
        <div>
          <Button loading={trial.isPending} disabled={scenario.trim() === ""}
            onClick={() => { trial.mutate(); }}>
            {e.rehearse}
          </Button>
        </div>
        {trial.isError && <ProblemNote problem={asProblem(trial.error)} />}
        {trial.data !== undefined && <Told view={trial.data} />}
      </div>
    </Fold>
  );
}

interface TravelProps {
  code: string;
  scenario: string;
  onChange: (scenario: string) => void;
}

function TimeTravel({ code, scenario, onChange }: TravelProps) {
  const [pass, setPass] = useState("1个工作日");
  const setup = useQuery({
    queryKey: ["process", code, "trial"],
    queryFn: () => workflow.trialSetup(code),
    staleTime: Infinity,
  });
  const { post, at } = startOf(scenario);
  const begin = (next: { post?: string; at?: string }) => {
    onChange(withStart(scenario, { ...(post !== undefined && { post }), at, ...next }));
  };
  const moments = setup.data?.moments ?? [];
  const example = setup.data?.scenario ?? "";
  return (
    <div className="trial-setup">
      <div className="form-field">
        <label htmlFor="trial-post">{t.post}</label>
        <OnePost id="trial-post" label={t.post} value={post}
          onChange={(next) => { if (typeof next === "string") begin({ post: next }); }} />
      </div>
      <div className="form-field">
        <label htmlFor="trial-at">{t.moment}</label>
        <Input id="trial-at" type="datetime-local" value={at.replace(" ", "T")}
          onChange={(event) => {
            if (event.target.value !== "") begin({ at: event.target.value.replace("T", " ") });
          }} />
      </div>
      <div className="form-field">
        <label htmlFor="trial-preset">{t.preset}</label>
        <Select id="trial-preset" value={null} placeholder={t.presetHint}
          options={moments.map((one) => ({
            value: one.name,
            label: t.at(one.name, one.at.slice(0, 10) + (one.working ? "" : ` ${t.rest}`)),
          }))}
          onChange={(name: string | null) => {
            const chosen = moments.find((one) => one.name === name);
            if (chosen !== undefined) begin({ at: chosen.at });
          }} />
      </div>
      <div className="form-field">
        <label htmlFor="trial-pass">{t.pass}</label>
        <div className="trial-pass">
          <Select id="trial-pass" value={pass} onChange={setPass}
            options={Object.entries(t.passes).map(([value, label]) => ({ value, label }))} />
          <Button onClick={() => { onChange(withPass(scenario, pass)); }}>{t.addPass}</Button>
        </div>
      </div>
      {example !== "" && (
        <div className="form-field trial-example">
          <Button onClick={() => { onChange(example); }}>{t.example}</Button>
        </div>
      )}
    </div>
  );
}

function Told({ view }: { view: TrialView }) {
  return (
    <>
      <p role="status" className={view.passed ? "tone-green" : "red"}>
        {view.passed ? e.passed : e.failed}
      </p>
      <Limits view={view} />
      <pre className="flow" tabIndex={0} aria-label={e.transcript}>{view.transcript}</pre>
    </>
  );
}

function Limits({ view }: { view: TrialView }) {
  const lamp = (one: TrialView["limits"][number]) => {
    if (one.red_ms != null) return <span className="red">{t.red(time(one.red_ms))}</span>;
    if (one.yellow_ms != null) return <span className="amber">{t.yellow(time(one.yellow_ms))}</span>;
    return null;
  };
  return (
    <section aria-label={t.limits}>
      <h3>{t.limits}</h3>
      {view.due_ms != null && <p>{t.whole(limit(view.due_ms))}</p>}
      {view.limits.length === 0 ? <Nothing /> : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t.limits}>
          <table className="form-rows trial-limits">
            <thead>
              <tr>
                {[t.step, t.holder, t.opened, t.due, t.lamp, t.state].map((head) => (
                  <th key={head} scope="col">{head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {view.limits.map((one, at) => (
                <tr key={at}>
                  <th scope="row">{one.step}</th>
                  <td>{one.holder}</td>
                  <td>{time(one.opened_ms)}</td>
                  <td>{one.due_ms == null ? t.none : limit(one.due_ms)}</td>
                  <td>{lamp(one)}</td>
                  <td>{one.open ? t.open : t.done}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

// One act of an administrator on a matter, confirmed twice.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Input, Select } from "antd";
import { useState } from "react";
import { newActId } from "../api/client";
import { asProblem } from "../api/problem";
import type { MonitorRequest, StandingLine } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { OnePost } from "./form-pickers";
import { Dialog } from "../ui/dialog";

const m = zh.monitor;

export type Verb = MonitorRequest["do"];

interface Props {
  line: StandingLine;
  verb: Verb;
  post: string;
  onClose: () => void;
}

interface Told {
  reason: string;
  to: string | undefined;
  target: string | undefined;
}

/** The request, or nothing while something is missing. */
function requestOf(verb: Verb, line: StandingLine, told: Told): MonitorRequest | undefined {
  const reason = told.reason.trim();
  switch (verb) {
    case "resume":
    case "confirm_intervention":
    case "dismiss_intervention":
      return { do: verb };
    case "hand_over":
      if (told.to === undefined || reason === "") return undefined;
      return { do: verb, from: line.post, to: told.to, reason };
    case "intervene":
      if (told.target === undefined || reason === "") return undefined;
      return {
        do: verb,
        intervention: { what: "jump", from: line.step, target: told.target },
        reason,
      };
    default:
      return reason === "" ? undefined : { do: verb, reason };
  }
}

const REASONED = new Set<Verb>(["suspend", "terminate", "hand_over", "intervene"]);

export function MonitorDialog({ line, verb, post, onClose }: Props) {
  const [told, setTold] = useState<Told>({ reason: "", to: undefined, target: undefined });
  const [sure, setSure] = useState(false);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const name = m.actions[verb] ?? verb;
  const request = requestOf(verb, line, told);
  const act = useMutation({
    mutationFn: (asked: MonitorRequest) => workflow.monitorAct(line.id, newActId(), post, asked),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["monitor"] });
      void message.success(zh.work.done(name));
      onClose();
    },
  });
  return (
    <Dialog title={zh.work.at(name, line.name)} okText={name} cancelText={zh.common.cancel}
      okButtonProps={{ disabled: !sure || request === undefined }} confirmLoading={act.isPending}
      mask={{ closable: false }} onCancel={onClose}
      onOk={() => { if (request !== undefined) act.mutate(request); }}>
      <div className="stack">
        {verb === "hand_over" && (
          <>
            <p className="soft">{m.from}：{line.post}</p>
            <label htmlFor="monitor-to">{m.to}</label>
            <OnePost id="monitor-to" label={m.to} value={told.to}
              onChange={(to) => { setTold({ ...told, to }); }} />
          </>
        )}
        {verb === "intervene" && (
          <Target line={line} value={told.target}
            onChange={(target) => { setTold({ ...told, target }); }} />
        )}
        {REASONED.has(verb) && (
          <>
            <label htmlFor="monitor-reason">{m.reason}</label>
            <Input.TextArea id="monitor-reason" rows={3} maxLength={500} value={told.reason}
              onChange={(event) => { setTold({ ...told, reason: event.target.value }); }} />
          </>
        )}
        <Checkbox checked={sure} onChange={(event) => { setSure(event.target.checked); }}>
          {m.twice}
        </Checkbox>
        {act.isError && <ProblemNote problem={asProblem(act.error)} />}
      </div>
    </Dialog>
  );
}

interface TargetProps {
  line: StandingLine;
  value: string | undefined;
  onChange: (target: string) => void;
}

function Target({ line, value, onChange }: TargetProps) {
  const process = useQuery({
    queryKey: ["process", line.code],
    queryFn: () => workflow.process(line.code),
  });
  const steps = (process.data?.steps ?? []).filter((step) => step.id !== line.step);
  return (
    <>
      <label htmlFor="monitor-target">{m.target}</label>
      <Select id="monitor-target" value={value ?? null} loading={process.isPending}
        options={steps.map((step) => ({ value: step.id, label: step.name }))}
        onChange={(target: string | null) => { if (target !== null) onChange(target); }} />
    </>
  );
}

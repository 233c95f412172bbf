// One act on a 件, with what it needs to be told.
import { Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { asProblem } from "../api/problem";
import type { ArchiveAction, ArchiveRequest, LoanView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Dialog } from "../ui/dialog";

const a = zh.archives;

const LABELS: Partial<Record<ArchiveRequest["do"], string>> = {
  ask_loan: a.purpose, open: a.openReason,
};

interface Props {
  action: ArchiveAction;
  loans: LoanView[];
  busy: boolean;
  error: unknown;
  onSend: (request: ArchiveRequest) => void;
  onClose: () => void;
}

export function ArchiveDialog({ action, loans, busy, error, onSend, onClose }: Props) {
  const asked = loans.filter((loan) => loan.state === "asked");
  const [text, setText] = useState("");
  const [days, setDays] = useState(7);
  const [loan, setLoan] = useState(asked[0]?.loan ?? 0);
  const name = action.name as ArchiveRequest["do"];
  const decides = name === "grant_loan" || name === "refuse_loan";
  const says = name !== "grant_loan" && name !== "approve_destruction";
  const send = () => {
    switch (name) {
      case "ask_loan": onSend({ do: name, purpose: text }); break;
      case "grant_loan": onSend({ do: name, loan, days }); break;
      case "refuse_loan": onSend({ do: name, loan, reason: text }); break;
      case "propose_destruction":
      case "open":
      case "keep_back":
      case "refuse_destruction": onSend({ do: name, reason: text }); break;
      default: onSend({ do: name });
    }
  };
  return (
    <Dialog title={a.actions[name]} okText={a.actions[name]} cancelText={zh.common.cancel}
      confirmLoading={busy} onOk={send} onCancel={onClose} mask={{ closable: false }}>
      <div className="stack">
        {decides && (
          <>
            <label htmlFor="archive-loan">{a.loans}</label>
            <Select
              id="archive-loan"
              value={loan}
              options={asked.map((one) => ({
                value: one.loan, label: `${one.who}：${one.purpose}`,
              }))}
              onChange={setLoan}
            />
          </>
        )}
        {name === "grant_loan" && (
          <>
            <label htmlFor="archive-days">{a.days}</label>
            <InputNumber id="archive-days" min={1} max={30} value={days}
              onChange={(value) => { setDays(value ?? 1); }} />
          </>
        )}
        {says && (
          <>
            <label htmlFor="archive-text">{LABELS[name] ?? a.reason}</label>
            <Input.TextArea id="archive-text" rows={3} maxLength={500} value={text}
              onChange={(event) => { setText(event.target.value); }} />
          </>
        )}
        {name === "open" && <p className="soft">{a.openMeans}</p>}
        {name === "approve_destruction" && <p className="red">{a.confirmDestruction}</p>}
      </div>
      {error != null && <ProblemNote problem={asProblem(error)} />}
    </Dialog>
  );
}

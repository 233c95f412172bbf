// One act on a matter, with what it needs to be told.
import { Button, Checkbox, Input, InputNumber, Radio, Select } from "antd";
import { useState } from "react";
import { asProblem } from "../api/problem";
import type {
  ActionView,
  DocumentRequest,
  IncomingRequest,
  Attachment,
  ByHand,
  FirstCheckItem,
  NamedUnit,
  Proposal,
  Retention,
  RuleFinding,
} from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Waiting } from "../parts/standing-states";
import { ByHandFields } from "./act-by-hand";
import { FirstCheckFields, isChecked } from "./act-first-check";
import { Handlers, Readers } from "./act-handling";
import { actionName } from "./action-names";
import { type ChosenPost, PostPicker, UnitsPicker } from "./pickers";
import { type Declarations, declarationsOf, RuleCheck, standsInTheWay } from "./rule-check";
import { Dialog } from "../ui/dialog";

export type AnyRequest = DocumentRequest | IncomingRequest;

interface Form {
  opinion: string;
  target: string;
  direct: boolean;
  to: ChosenPost | undefined;
  units: NamedUnit[];
  retention: Retention;
  lead: string | undefined;
  /** 协办, or whom it is circulated to. */
  posts: string[];
  proposal: Proposal;
  /** What of 初审 is confirmed, or failed when it is sent back; none where it is not asked. */
  firstCheck: FirstCheckItem[] | undefined;
  byHand: ByHand;
  /** How many paper copies each unit may make; as many as it likes when empty. */
  prints: number | null;
}

const terms: Retention[] = ["ten_years", "thirty_years", "permanent"];

/** Whether less is chosen than the rules propose. */
function isShorter({ retention, proposal }: Form): boolean {
  return proposal != null && terms.indexOf(retention) < terms.indexOf(proposal.retention);
}

function isTyped({ ink, voice }: ByHand): boolean {
  return ink == null && voice == null;
}

/** Steps at which those who handle a received document are named. */
const ASSIGNS = ["propose", "instruct"];

/** What is usually said at a step; the first is proposed. */
function phrasesAt(node: string): readonly string[] {
  return zh.action.phrasesAt[node] ?? zh.action.phraseList;
}

/** The request, or what is still missing. */
export function requestOf(action: ActionView, form: Form): AnyRequest | string {
  const { node } = action;
  const opinion = form.opinion.trim();
  const byHand = isTyped(form.byHand) ? {} : { by_hand: form.byHand };
  switch (action.name) {
    case "approve":
      if (!ASSIGNS.includes(node)) return { do: "approve", node, opinion, ...byHand };
      if (form.firstCheck !== undefined && !isChecked(form.firstCheck)) {
        return zh.handling.firstCheckNeeded;
      }
      return {
        do: "approve",
        node,
        opinion,
        ...byHand,
        assists: form.posts,
        ...(form.firstCheck !== undefined && { checked: form.firstCheck }),
        ...(form.lead !== undefined && { lead: form.lead }),
      };
    case "circulate":
      if (form.posts.length === 0) return zh.handling.circulateNeeded;
      return { do: "circulate", to: form.posts };
    case "urge":
      return { do: "urge", opinion };
    case "send_further":
      if (form.units.length === 0) return zh.action.relayNeeded;
      if (opinion === "") return zh.action.reasonNeeded;
      return { do: "send_further", units: form.units.map((unit) => unit.id), reason: opinion };
    case "return":
      if (opinion === "") return zh.action.reasonNeeded;
      return { do: "return", node, target: form.target, direct: form.direct, opinion };
    case "withdraw":
      return { do: "withdraw", node };
    case "transfer":
      if (form.to === undefined) return zh.action.transferNeeded;
      return { do: "transfer", node, to: form.to.id, opinion };
    case "void_number":
    case "recall":
      if (opinion === "") return zh.action.reasonNeeded;
      return { do: action.name, reason: opinion };
    case "return_document":
      if (form.firstCheck?.length === 0) return zh.handling.firstCheckFailedNeeded;
      if (opinion === "") return zh.action.reasonNeeded;
      return {
        do: "return_document",
        reason: opinion,
        ...(form.firstCheck !== undefined && { failed: form.firstCheck }),
      };
    case "conclude":
      return { do: "conclude", opinion };
    case "archive":
      if (isShorter(form) && opinion === "") return zh.archives.shorterNeeded;
      return { do: "archive", retention: form.retention, reason: isShorter(form) ? opinion : "" };
    case "distribute":
      return { do: "distribute", ...(form.prints != null && { prints: form.prints }) };
    case "relay":
      if (form.units.length === 0) return zh.action.relayNeeded;
      return { do: "relay", units: form.units.map((unit) => unit.id) };
    default:
      return { do: action.name } as AnyRequest;
  }
}

/** What the rules find before the act; nothing until it is known. */
interface Rules {
  findings: readonly RuleFinding[] | undefined;
  attachments: readonly Attachment[];
}

interface Props {
  action: ActionView;
  /** Where rules stand before the act. */
  rules?: Rules;
  /** The receiving unit, whose units below a relay offers. */
  below?: string | undefined;
  /** For how long it should be kept, when it is archived. */
  proposal?: Proposal;
  /** Whether 初审 is still to be done at 拟办. */
  firstCheck?: boolean;
  busy: boolean;
  error: unknown;
  onSend: (request: AnyRequest) => void;
  onClose: () => void;
  onReload: () => void;
}

/** 拟办 needs 初审 once; what is sent back from there names what failed. */
function asksFirstCheck({ action, firstCheck }: Props): boolean {
  if (action.node !== "propose") return false;
  return action.name === "return_document" || (action.name === "approve" && firstCheck === true);
}

export function ActDialog(props: Props) {
  const { action } = props;
  const [form, setForm] = useState<Form>({
    opinion: action.name === "approve" ? phrasesAt(action.node)[0] ?? "" : "",
    target: action.targets.at(-1)?.id ?? "",
    direct: false,
    to: undefined,
    units: [],
    lead: undefined,
    posts: [],
    byHand: {},
    firstCheck: asksFirstCheck(props) ? [] : undefined,
    prints: null,
    retention: props.proposal?.retention ?? "thirty_years",
    proposal: props.proposal ?? null,
  });
  const [declared, setDeclared] = useState<Declarations>({});
  const [missing, setMissing] = useState("");
  const findings = props.rules?.findings ?? [];
  const send = () => {
    const request = standsInTheWay(findings, declared) ?? requestOf(action, form);
    setMissing(typeof request === "string" ? request : "");
    if (typeof request === "string") return;
    const declarations = declarationsOf(findings, declared);
    props.onSend(declarations.length > 0 ? { ...request, declarations } as AnyRequest : request);
  };
  return (
    <Dialog
      title={actionName(action)}
      okText={actionName(action)}
      cancelText={zh.common.cancel}
      confirmLoading={props.busy}
      onOk={send}
      onCancel={props.onClose}
      okButtonProps={{ disabled: props.rules !== undefined && props.rules.findings === undefined }}
      mask={{ closable: false }}
    >
      {props.rules?.findings === undefined
        ? props.rules !== undefined && <Waiting />
        : (
          <RuleCheck findings={findings} attachments={props.rules.attachments}
            declared={declared} onDeclare={setDeclared} />
        )}
      <Fields {...props} form={form} onForm={(part) => { setForm({ ...form, ...part }); }} />
      {missing !== "" && <p className="red" role="alert">{missing}</p>}
      {props.error != null && (
        <ProblemNote problem={asProblem(props.error)} onReload={props.onReload} />
      )}
    </Dialog>
  );
}

type FieldsProps = Props & { form: Form; onForm: (part: Partial<Form>) => void };

function Fields({ action, below, form, onForm }: FieldsProps) {
  const note = (zh.action.confirm as Record<string, string>)[action.name];
  switch (action.name) {
    case "return":
      return <ReturnFields action={action} form={form} onForm={onForm} />;
    case "transfer":
      return (
        <div className="stack">
          <label htmlFor="act-to">{zh.action.transferTo}</label>
          <PostPicker id="act-to" label={zh.action.transferTo} value={form.to}
            onChange={(to) => { onForm({ to }); }} />
          <Opinion label={zh.action.opinion} form={form} onForm={onForm} />
        </div>
      );
    case "relay":
      return (
        <div className="stack">
          <label htmlFor="act-relay">{zh.action.relayTo}</label>
          <UnitsPicker id="act-relay" label={zh.action.relayTo} value={form.units} below={below}
            onChange={(units) => { onForm({ units }); }} />
        </div>
      );
    case "distribute":
      return <PrintsField note={note} form={form} onForm={onForm} />;
    case "archive":
      return <RetentionField form={form} onForm={onForm} />;
    case "approve":
      return (
        <>
          <FirstCheckPart label={zh.handling.firstCheck} form={form} onForm={onForm} />
          <Opinion label={zh.action.opinion} phrases={phrasesAt(action.node)} form={form}
            onForm={onForm} />
          <ByHandFields value={form.byHand} onChange={(byHand) => { onForm({ byHand }); }} />
          {ASSIGNS.includes(action.node) && (
            <Handlers lead={form.lead} assists={form.posts}
              onLead={(lead) => { onForm({ lead }); }}
              onAssists={(posts) => { onForm({ posts }); }} />
          )}
        </>
      );
    case "circulate":
      return <Readers value={form.posts} onChange={(posts) => { onForm({ posts }); }} />;
    case "send_further":
      return (
        <div className="stack">
          <p>{note}</p>
          <label htmlFor="act-further">{zh.handling.furtherTo}</label>
          <UnitsPicker id="act-further" label={zh.handling.furtherTo} value={form.units}
            onChange={(units) => { onForm({ units }); }} />
          <Opinion label={zh.action.reason} form={form} onForm={onForm} />
        </div>
      );
    case "urge":
    case "recall":
      return (
        <>
          <p>{note}</p>
          <Opinion label={action.name === "urge" ? zh.action.opinion : zh.action.reason}
            form={form} onForm={onForm} />
        </>
      );
    case "conclude":
      return <Opinion label={zh.action.remark} form={form} onForm={onForm} />;
    case "void_number":
    case "return_document":
      return <ReasonFields form={form} onForm={onForm} />;
    default:
      return <p>{note}</p>;
  }
}

type PartProps = Pick<FieldsProps, "form" | "onForm">;

/** Why; of what fails 初审, which items too. */
function ReasonFields({ form, onForm }: PartProps) {
  return (
    <>
      <FirstCheckPart label={zh.handling.firstCheckFailed} form={form} onForm={onForm} />
      <Opinion label={zh.action.reason} form={form} onForm={onForm} />
    </>
  );
}

function FirstCheckPart({ label, form, onForm }: PartProps & { label: string }) {
  if (form.firstCheck === undefined) return null;
  return (
    <FirstCheckFields label={label} value={form.firstCheck}
      onChange={(firstCheck) => { onForm({ firstCheck }); }} />
  );
}

function ReturnFields({ action, form, onForm }: PartProps & { action: ActionView }) {
  return (
    <div className="stack">
      <label htmlFor="act-target">{zh.action.target}</label>
      <Select
        id="act-target"
        value={form.target}
        options={action.targets.map((target) => ({ value: target.id, label: target.name }))}
        onChange={(target) => { onForm({ target }); }}
      />
      <Checkbox
        checked={form.direct}
        onChange={(event) => { onForm({ direct: event.target.checked }); }}
      >
        {zh.action.direct}
      </Checkbox>
      <Opinion label={zh.action.reason} form={form} onForm={onForm} />
    </div>
  );
}

function PrintsField({ note, form, onForm }: PartProps & { note: string | undefined }) {
  return (
    <div className="stack">
      <p>{note}</p>
      <label htmlFor="act-prints">{zh.handling.prints}</label>
      <InputNumber id="act-prints" className="wide-number" min={0} max={999} precision={0} value={form.prints}
        placeholder={zh.handling.printsFree} onChange={(prints) => { onForm({ prints }); }} />
    </div>
  );
}

function RetentionField({ form, onForm }: PartProps) {
  return (
    <fieldset className="plain">
      <legend>{zh.action.retention}</legend>
      <Radio.Group
        value={form.retention}
        options={Object.entries(zh.retention).map(([value, label]) => ({ value, label }))}
        onChange={(event) => { onForm({ retention: event.target.value as Retention }); }}
      />
      {form.proposal != null && (
        <p className="soft">
          {zh.archives.proposal(zh.retention[form.proposal.retention], form.proposal.article,
            form.proposal.why)}
        </p>
      )}
      {isShorter(form) && (
        <Opinion label={zh.archives.shorter} form={form} onForm={onForm} />
      )}
    </fieldset>
  );
}

type OpinionProps = PartProps & { label: string; phrases?: readonly string[] };

function Opinion({ label, phrases, form, onForm }: OpinionProps) {
  return (
    <div className="stack">
      <label htmlFor="act-opinion">{label}</label>
      <Input.TextArea
        id="act-opinion"
        rows={4}
        maxLength={2000}
        value={form.opinion}
        onChange={(event) => { onForm({ opinion: event.target.value }); }}
      />
      {phrases !== undefined && (
        <div className="phrases" role="group" aria-label={zh.action.phrases}>
          {phrases.map((phrase) => (
            <Button key={phrase} size="small" onClick={() => { onForm({ opinion: phrase }); }}>
              {phrase}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

// Asks what a picture shows and how wide it stands.
import { Input, InputNumber, type InputRef, Modal } from "antd";
import { useRef, useState } from "react";
import { asProblem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "./problem-note";

const p = zh.picture;
/** What the server takes. */
const DESCRIPTION_MAX = 200;

export interface Described {
  description: string;
  width_mm: number;
}

interface Props {
  src: string;
  initial: Described;
  ok: string;
  busy: boolean;
  error: unknown;
  onDone: (described: Described) => void;
  onClose: () => void;
}

export function PictureDialog({ src, initial, ok, busy, error, onDone, onClose }: Props) {
  const [told, setTold] = useState(initial);
  const [bare, setBare] = useState(false);
  const description = useRef<InputRef>(null);
  const done = () => {
    const description = told.description.trim();
    setBare(description === "");
    if (description !== "") onDone({ ...told, description });
  };
  return (
    <Modal open title={p.title} okText={ok} confirmLoading={busy} onOk={done} onCancel={onClose}
      focusable={{ focusTriggerAfterClose: false }}
      afterOpenChange={(open) => { if (open) description.current?.focus(); }}>
      <img className="picture-preview" src={src} alt={told.description} />
      <div className="stack">
        <label htmlFor="picture-description">{p.description}</label>
        <Input ref={description} id="picture-description" value={told.description} maxLength={DESCRIPTION_MAX}
          aria-describedby="picture-description-hint" status={bare ? "error" : ""}
          onChange={(event) => { setTold({ ...told, description: event.target.value }); }}
          onPressEnter={done} />
        <p className="soft" id="picture-description-hint">{p.descriptionHint}</p>
        {bare && <p className="red" role="alert">{p.descriptionNeeded}</p>}
        <label htmlFor="picture-width">{p.width}</label>
        <InputNumber id="picture-width" min={10} max={156} precision={0} controls={false} value={told.width_mm}
          aria-describedby="picture-width-hint"
          onChange={(width) => { setTold({ ...told, width_mm: width ?? initial.width_mm }); }} />
        <p className="soft" id="picture-width-hint">{p.widthHint}</p>
      </div>
      {error != null && <ProblemNote problem={asProblem(error)} />}
    </Modal>
  );
}

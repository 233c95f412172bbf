// Who handles what was received, and who is to read it.
import { zh } from "../i18n/zh-cn";
import { ManyPosts, OnePost } from "./form-pickers";

interface HandlersProps {
  lead: string | undefined;
  assists: string[];
  onLead: (lead: string | undefined) => void;
  onAssists: (assists: string[]) => void;
}

export function Handlers({ lead, assists, onLead, onAssists }: HandlersProps) {
  return (
    <div className="stack">
      <label htmlFor="act-lead">{zh.handling.lead}</label>
      <OnePost id="act-lead" label={zh.handling.lead} value={lead} onChange={onLead} />
      <label htmlFor="act-assists">{zh.handling.assists}</label>
      <ManyPosts id="act-assists" label={zh.handling.assists} value={assists}
        onChange={onAssists} />
      <p className="soft">{zh.handling.leadHint}</p>
    </div>
  );
}

export function Readers({ value, onChange }: {
  value: string[];
  onChange: (readers: string[]) => void;
}) {
  return (
    <div className="stack">
      <label htmlFor="act-readers">{zh.handling.circulateTo}</label>
      <ManyPosts id="act-readers" label={zh.handling.circulateTo} value={value}
        onChange={onChange} />
    </div>
  );
}

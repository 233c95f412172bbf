// Narrows the journal to one command and one unit.
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { calls } from "../api/calls";
import type { JournalFilter } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { commandName } from "../parts/timeline";
import { UnitPicker } from "./pickers";
import { clearableChoice } from "../ui/words";

const WORKFLOW = ["start", "submit", "fill", "approve", "reject", "return", "withdraw", "transfer",
  "delegate", "advise", "add_before", "add_after", "join", "reduce", "claim", "unclaim", "urge",
  "acknowledge", "ask_extension", "answer_extension", "stop_clock", "resume_clock", "revoke",
  "happen", "suspend", "resume", "terminate", "intervene", "confirm_intervention",
  "dismiss_intervention", "hand_over", "tick", "import", "propose", "roll_back",
  "release", "dismiss", "propose_migration", "confirm_migration", "dismiss_migration", "migrate",
  "keep_edition"] as const;

/** Every command of the journal, by its area; a test keeps it that of the server's sources. */
export const COMMANDS = {
  documents: ["begin", "save", "attach", "detach", "submit", "approve", "return", "withdraw",
    "transfer", "number", "void_number", "distribute", "recall", "send_further", "conclude",
    "archive", "open_book"],
  incoming: ["register", "acknowledge", "return_document", "approve", "return", "transfer",
    "circulate", "read", "urge", "remind", "take_copy", "relay", "conclude", "archive"],
  directory: ["import", "appoint", "appoint_many", "unseat", "leave", "delegate", "end_delegation",
    "rename", "merge", "abolish"],
  workflow: WORKFLOW,
  account: ["sign_in", "sign_out", "set_password", "add_passkey", "remove_passkey"],
} as const;

const areas = Object.entries(COMMANDS).map(([area, commands]) => ({
  label: zh.journal.area[area as keyof typeof COMMANDS],
  options: commands.map((command) => {
    const value = `${area}.${command}`;
    return { value, label: commandName(value) };
  }),
}));

interface Props {
  value: JournalFilter;
  onChange: (filter: JournalFilter) => void;
}

export function JournalFilters({ value, onChange }: Props) {
  const card = useQuery({
    queryKey: ["unit", value.unit],
    queryFn: () => calls.unit(value.unit),
    enabled: value.unit !== "",
  });
  const unit = value.unit === ""
    ? undefined
    : { id: value.unit, name: card.data?.unit.name ?? value.unit };
  return (
    <div className="bar filters" role="search" aria-label={zh.journal.filter}>
      <Select
        aria-label={zh.journal.command}
        className="filter"
        allowClear={clearableChoice}
        showSearch={{ optionFilterProp: "label" }}
        placeholder={zh.journal.anyCommand}
        value={value.command === "" ? null : value.command}
        options={areas}
        onChange={(command: string | undefined) => {
          onChange({ ...value, command: command ?? "" });
        }}
      />
      <UnitPicker
        className="filter"
        label={zh.journal.unit}
        placeholder={zh.journal.anyUnit}
        value={unit}
        onChange={(next) => { onChange({ ...value, unit: next?.id ?? "" }); }}
      />
    </div>
  );
}

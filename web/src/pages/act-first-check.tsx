// 初审 (条例 第二十四条（三）): what is confirmed before 拟办, or named when it is sent back.
import { Checkbox } from "antd";
import type { FirstCheckItem } from "../api/types";
import { zh } from "../i18n/zh-cn";

const items = Object.keys(zh.handling.firstCheckItem) as FirstCheckItem[];

/** Whether every item is confirmed. */
export function isChecked(checked: readonly FirstCheckItem[]): boolean {
  return items.every((item) => checked.includes(item));
}

export function FirstCheckFields({ label, value, onChange }: {
  label: string;
  value: readonly FirstCheckItem[];
  onChange: (items: FirstCheckItem[]) => void;
}) {
  const toggle = (item: FirstCheckItem, on: boolean) => {
    onChange(items.filter((one) => (one === item ? on : value.includes(one))));
  };
  return (
    <fieldset className="plain rule-items">
      <legend>{label}</legend>
      {items.map((item) => (
        <Checkbox key={item} checked={value.includes(item)}
          onChange={(event) => { toggle(item, event.target.checked); }}>
          {zh.handling.firstCheckItem[item]}
        </Checkbox>
      ))}
    </fieldset>
  );
}

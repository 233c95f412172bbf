// 废止公文: earlier documents of one's unit that this one repeals.
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { calls } from "../api/calls";
import type { Repealed } from "../api/types";
import { zh } from "../i18n/zh-cn";

export function Repeals({ value, onChange }: {
  value: Repealed[];
  onChange: (repeals: Repealed[]) => void;
}) {
  const [words, setWords] = useState("");
  const found = useQuery({
    queryKey: ["inbox", "repeals", words],
    queryFn: () => calls.exchange("sent", "", words),
    enabled: words !== "",
  });
  const known = new Map<string, Repealed>(value.map((one) => [one.number, one]));
  for (const { id, number, title } of found.data?.items ?? []) {
    if (!known.has(number)) known.set(number, { key: id, number, title });
  }
  const options = [...known.values()].map(({ number, title = "" }) =>
    ({ value: number, label: `${number} ${title}`.trim() }));
  return (
    <>
      <label htmlFor="head-repeals">{zh.repeal.field}</label>
      <Select<string[]>
        id="head-repeals"
        mode="tags"
        aria-label={zh.repeal.field}
        placeholder={zh.repeal.hint}
        value={value.map((one) => one.number)}
        options={options}
        showSearch={{ filterOption: false, onSearch: (text) => { setWords(text.trim()); } }}
        onChange={(numbers) => {
          const kept = numbers.map((number) => number.trim()).filter((number) => number !== "");
          onChange(kept.map((number) => known.get(number) ?? { number, title: "" }));
        }}
      />
    </>
  );
}

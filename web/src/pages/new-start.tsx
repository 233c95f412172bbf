// How a document is begun: from nothing, or from a template of its type.
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useNavigate } from "react-router";
import { calls } from "../api/calls";
import { zh } from "../i18n/zh-cn";

interface Props {
  /** How it is begun now. */
  way: string | undefined;
  /** Of what. */
  about: string;
}

export function Start({ way, about }: Props) {
  const go = useNavigate();
  const { data } = useQuery({
    queryKey: ["templates"],
    queryFn: calls.templates,
    staleTime: Infinity,
  });
  // An answer or a correction has its beginning already.
  if (way === "answers" || way === "replaces") return null;
  const blank = { value: "", label: zh.begin.blank };
  const known = (data ?? []).map(({ key, name }) => ({ value: key, label: name }));
  const earlier = way === "from" ? [{ value: about, label: zh.begin.earlier }] : [];
  const options = [blank, ...earlier, ...known];
  return (
    <Select
      className="start"
      showSearch={{ optionFilterProp: "label" }}
      aria-label={zh.begin.from}
      value={options.some((one) => one.value === about) ? about : ""}
      options={options}
      onChange={(key) => {
        void go(key === "" ? "/documents/new" : `/documents/new?template=${key}`);
      }}
    />
  );
}

// Names of buttons that the library draws as icons only.
import { CloseCircleFilled, SearchOutlined } from "@ant-design/icons";
import type { ConfigProviderProps } from "antd";
import type { ReactNode } from "react";
import { zh } from "../i18n/zh-cn";

function named(icon: ReactNode, name: string): ReactNode {
  return <>{icon}<span className="hidden-text">{name}</span></>;
}

/** `allowClear` of a field of text; set for all, it would make all of them clearable. */
export const clearable = { clearIcon: named(<CloseCircleFilled />, zh.common.clear) };

/** `allowClear` of a choice. */
export const clearableChoice = { clearIcon: <CloseCircleFilled />, label: zh.common.clear };

/** For the provider of the whole application. */
export const words: Pick<ConfigProviderProps, "inputSearch"> = {
  inputSearch: { searchIcon: named(<SearchOutlined />, zh.common.search) },
};

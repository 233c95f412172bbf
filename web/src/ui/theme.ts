// The look: one accent red for what is official, quiet greys, dense spacing.
import type { ThemeConfig } from "antd";

export const color = {
  red: "#b01c1c",
  redSoft: "#fbf1f0",
  ink: "#1f2328",
  inkSoft: "#59616b",
  line: "#d9dde2",
  lineSoft: "#eceef1",
  paper: "#ffffff",
  desk: "#f5f6f8",
  green: "#1a7046",
  amber: "#8a5a00",
  blue: "#1f5a96",
} as const;

const sans =
  '"PingFang SC","Noto Sans CJK SC","Microsoft YaHei","Source Han Sans SC",system-ui,sans-serif';

/** A finger needs 44 pixels (WCAG 2.2, 2.5.5). */
const FINGER = 44;

export function theme(size: "standard" | "care", room: "desk" | "phone"): ThemeConfig {
  const care = size === "care";
  const tall = care || room === "phone";
  return {
    token: {
      colorPrimary: color.red,
      colorError: color.red,
      colorInfo: color.blue,
      colorSuccess: color.green,
      colorWarning: color.amber,
      // What is derived from a dark amber and a dark blue is grey.
      colorWarningBg: "#fff8e5",
      colorWarningBorder: "#ecd9a6",
      colorInfoBg: "#eef4fb",
      colorInfoBorder: "#b8d0ea",
      colorLink: color.blue,
      // The lighter blue that is derived for these has too little contrast.
      colorLinkHover: color.blue,
      colorLinkActive: color.blue,
      colorText: color.ink,
      colorTextSecondary: color.inkSoft,
      colorTextTertiary: color.inkSoft,
      colorTextDescription: color.inkSoft,
      colorTextPlaceholder: "#6b737d",
      colorBorder: color.line,
      colorBorderSecondary: color.lineSoft,
      colorBgLayout: color.desk,
      borderRadius: 4,
      fontFamily: sans,
      fontSize: care ? 18 : 14,
      controlHeight: tall ? FINGER : 34,
      ...(room === "phone" && { controlHeightSM: FINGER }),
      motion: false,
    },
    components: {
      Table: { cellPaddingBlock: 9, cellPaddingInline: 12, headerBg: "#f7f8fa" },
      Tabs: { horizontalMargin: "0 0 12px 0" },
      Form: { itemMarginBottom: 16 },
    },
  };
}

// Made-up content for the page of parts.
import type * as t from "../api/types";

export const NOW_MS = Date.UTC(2026, 10, 24, 2, 0);
export const TITLE = "关于做好2026年度防汛抢险物资储备工作的通知";
export const DIGEST = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
const HOUR_MS = 3_600_000;

const stage = (id: string, name: string, standing: string): t.StageView =>
  ({ id, name, standing, holders: [] });

export const stages: t.StageView[] = [
  stage("draft", "拟稿", "done"),
  stage("edit_check", "核稿", "done"),
  stage("countersign", "会签", "skipped"),
  {
    id: "sign_off",
    name: "签发",
    standing: "active",
    holders: ["省政府办公厅 主任 何靖"],
    due_ms: NOW_MS + 5 * HOUR_MS,
  },
  stage("number", "复核编号", "ahead"),
  stage("distribute", "分发", "ahead"),
  stage("conclude", "办结", "ahead"),
];

const item = (part: Partial<t.InboxItem>): t.InboxItem => ({
  kind: "document",
  id: "d1",
  title: TITLE,
  step: "签发",
  unit: "省政府办公厅",
  urgency: "ordinary",
  state: "",
  time_ms: NOW_MS - 3 * HOUR_MS,
  due_provisional: false,
  ...part,
});

export const items: t.InboxItem[] = [
  item({ urgency: "most_urgent", due_ms: NOW_MS - HOUR_MS }),
  item({ id: "d2", kind: "incoming", step: "签收", urgency: "urgent", due_ms: NOW_MS + HOUR_MS }),
  item({ id: "d3", step: "核稿", state: "running", due_ms: NOW_MS + 90 * HOUR_MS }),
  item({ id: "d4", kind: "work", due_ms: NOW_MS + 960 * HOUR_MS, due_provisional: true }),
];

const opinion = (part: Partial<t.OpinionView>): t.OpinionView => ({
  step: "核稿",
  decision: "approve",
  text: "格式、用语已核，拟同意，请审定。",
  person: "陈卓",
  post: "综合科科长",
  unit: "省政府办公厅",
  rank: 40,
  version: 2,
  digest: DIGEST,
  seq: 103,
  time_ms: NOW_MS - 2 * HOUR_MS,
  ...part,
});

export const opinions: t.OpinionView[] = [
  opinion({ step: "签发", person: "何靖", post: "主任", rank: 10, text: "同意。" }),
  opinion({}),
  opinion({ decision: "return", text: "第二部分金额有误，请核实。", version: 1 }),
];

export const entries: t.TimelineEntry[] = ["begin", "submit", "approve"].map((command, at) => ({
  seq: 101 + at,
  time_ms: NOW_MS + at * HOUR_MS,
  command,
  person: "林岚",
  post: "拟稿人",
  unit: "省政府办公厅",
  facts: [],
}));

export const lines: t.ComparedLine[] = [
  { pieces: [{ standing: "kept", text: "各地级以上市人民政府：" }] },
  {
    pieces: [
      { standing: "kept", text: "拨付三" },
      { standing: "deleted", text: "百" },
      { standing: "inserted", text: "千" },
      { standing: "kept", text: "万元。" },
    ],
  },
  { pieces: [{ standing: "inserted", text: "特此通知。" }] },
];

const receipt = (unit: string, part: Partial<t.ReceiptView>): t.ReceiptView => ({
  id: unit,
  unit,
  unit_name: unit,
  copy: false,
  state: "delivered",
  delivered_ms: NOW_MS,
  ...part,
});

export const receipts: t.ReceiptView[] = [
  receipt("广州市", {
    state: "acknowledged",
    acknowledged_ms: NOW_MS + HOUR_MS,
    acknowledged_by: "文书 江禾",
  }),
  receipt("深圳市", {}),
  receipt("江门市", { state: "returned", return_reason: "附件缺页。" }),
  receipt("省财政厅", { copy: true }),
];

export const checkpoint: t.CheckpointView = { note: "", size: 103, acts: 103, key: "" };
export const proof: t.ProofView = {
  seq: 103,
  entry: '{"seq":103}',
  bundle: "c2sp.org/tlog-proof@v1\nindex 103",
  key: "cell+1234abcd+AQ==",
};

const text = (content: string): t.Inline[] => [{ type: "text", text: content }];
const cell = (type: "tableHeader" | "tableCell", content: string): t.TableCell => ({
  type,
  content: [{ type: "paragraph", content: text(content) }],
});

export const body: t.Body = {
  type: "doc",
  content: [
    { type: "paragraph", content: text("各地级以上市人民政府：") },
    { type: "heading", attrs: { level: 1 }, content: text("一、总体要求") },
    { type: "heading", attrs: { level: 2 }, content: text("（一）储备标准") },
    { type: "paragraph", content: text("按照分级负责、就近调运的原则，足额储备防汛抢险物资。") },
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [cell("tableHeader", "物资"), cell("tableHeader", "数量")],
        },
        { type: "tableRow", content: [cell("tableCell", "编织袋"), cell("tableCell", "1000条")] },
      ],
    },
  ],
};

export const problem: t.ProblemBody = {
  type: "about:blank",
  title: "请示应当一文一事，不得抄送下级机关。",
  status: 422,
  code: "documents.request_copies",
  rule: "《党政机关公文处理工作条例》第十五条",
  next: "请删去抄送机关后再提交。",
};

/** Nothing is kept here. */
export const pictures = {
  upload: () => Promise.reject(new Error("samples keep no pictures")),
  address: (digest: string) => digest,
};

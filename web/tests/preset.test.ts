// What a document begins with when it answers another or is like an earlier one.
import { expect, test } from "vitest";
import type { IncomingView } from "../src/api/types";
import { correctionHead, fromEarlier, fromTemplate, quoted, replyHead } from "../src/pages/preset";
import type { DocumentView, Template } from "../src/api/types";

const received = (sender: string, unit: string, type = "通知") => ({
  id: "a.b", title: "某某机关关于报送情况的通知", number: "某〔2026〕1号", type_name: type,
  sender: "某某机关", sender_id: sender, unit: { id: unit, name: "本单位" },
}) as unknown as IncomingView;

test.each([
  ["440783-bgs", "440783108221", "report", "村委会关于报送情况的报告"],
  ["440000-bgt", "440783-bgs", "report", "村委会关于报送情况的报告"],
  ["440000-bgt", "440000-11", "letter", "村委会关于报送情况的复函"],
  ["440783108221", "440783-bgs", "letter", "村委会关于报送情况的复函"],
  ["440100000000", "440700000000", "letter", "村委会关于报送情况的复函"],
])("what %s sent is answered from %s by a %s", (sender, unit, type, title) => {
  const head = replyHead(received(sender, unit), { id: unit, name: "村委会" });
  expect([head.document_type, head.title]).toEqual([type, title]);
  expect(head.recipients).toEqual([{ id: sender, name: "某某机关" }]);
});

test("an office answers in its government's name what its government received", () => {
  const head = replyHead(received("440000-bgt", "440700000000"), { id: "440700-bgs", name: "办" });
  expect(head.issuer).toEqual({ id: "440700000000", name: "本单位" });
  expect(head.title).toBe("本单位关于报送情况的报告");
});

test("a request is answered by a reply, whoever asks", () => {
  const head = replyHead(
    received("440783108221", "440783-bgs", "请示"), { id: "440783-bgs", name: "办公室" },
  );
  expect(head.document_type).toBe("reply_to_request");
});

test("what is like an earlier document is of this year and answers nothing", () => {
  const view = {
    head: { title: "关于做好2025年防汛工作的通知", document_type: "notice", replaces: "x",
      answers: { title: "来文", number: "" } },
    number: "某府〔2025〕3号", recipients: [], copies: [], countersign: [], joint: [],
    body: { type: "doc", content: [] },
  } as unknown as DocumentView;
  const { head } = fromEarlier(view, 2026);
  expect(head.title).toBe("关于做好2026年防汛工作的通知");
  expect([head.answers.title, head.replaces]).toEqual(["", undefined]);
});

test("a correction goes out as what it corrects went out, and is signed by the same", () => {
  const view = {
    id: "a", head: { title: "甲厅 乙厅关于拨付资金的通知", document_type: "notice", signer: "a.jz",
      openness: "active", note: "联系人：甲" },
    recipients: [{ id: "c", name: "丙市" }], copies: [], countersign: [{ id: "b", name: "乙厅" }],
    joint: [{ id: "b", name: "乙厅" }], signer: "甲厅 厅长",
  } as unknown as DocumentView;
  const head = correctionHead(view, ["甲厅", "乙厅"]);
  expect(head.title).toBe("甲厅 乙厅关于更正《甲厅 乙厅关于拨付资金的通知》的通知");
  expect([head.replaces, head.signer?.id, head.openness]).toEqual(["a", "a.jz", "active"]);
  expect([head.recipients, head.joint, head.countersign].map((units) => units.length))
    .toEqual([1, 1, 1]);
  expect(head.note).toBe("");
});

test("a template brings its note with it, and a title within a title has single marks", () => {
  const template: Template = {
    key: "request", name: "请示", document_type: "request_for_instruction", title: "关于〔待填：事项〕的请示",
    body: { type: "doc", content: [] }, note: "联系人：〔待填：姓名〕",
  };
  const { head } = fromTemplate(template, "广东省财政厅");
  expect([head.title, head.note]).toEqual(
    ["广东省财政厅关于〔待填：事项〕的请示", "联系人：〔待填：姓名〕"],
  );
  expect(quoted("转发《关于甲的通知》的通知")).toBe("《转发〈关于甲的通知〉的通知》");
});

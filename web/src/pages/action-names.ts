// What an action is called where it is offered.
import type { ActionView } from "../api/types";
import { zh } from "../i18n/zh-cn";

export function actionName(action: ActionView): string {
  if (action.name === "approve") return zh.action.nodes[action.node] ?? zh.action.approve;
  return (zh.action as unknown as Record<string, string>)[action.name] ?? action.name;
}

const LESSER = new Set([
  "return",
  "transfer",
  "withdraw",
  "void_number",
  "return_document",
  "save",
  "recall",
  "send_further",
  "circulate",
  "urge",
]);

/** Whether it moves the matter on. */
export function isForward(action: ActionView): boolean {
  return !LESSER.has(action.name);
}

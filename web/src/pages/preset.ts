// What a new document begins with: a template, an earlier document, or what it answers or replaces.
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { calls } from "../api/calls";
import type { Body, DocumentType, DocumentView, IncomingView, NamedUnit, PostView, Template } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { emptyBody } from "../parts/body";
import { bringAlong } from "./pictures";
import { draftOf, emptyHead, type HeadDraft } from "./head-draft";

/** The digits of an area code that say something: 4407 of 江门市 and of its offices. */
function areaDigits(unit: string): string {
  return (unit.split("-")[0] ?? "").replace(/(000|00)+$/, "");
}

/** Whether a unit is of an area above another's. */
function isAbove(unit: string, other: string): boolean {
  const [above, below] = [areaDigits(unit), areaDigits(other)];
  return below.startsWith(above) && below.length > above.length;
}

/** 请示 is answered by a 批复, a superior by a 报告, everybody else by a 函 (条例 第八条). */
function replyType(view: IncomingView): [DocumentType, string] {
  if (view.type_name === zh.type.request_for_instruction) {
    return ["reply_to_request", zh.type.reply_to_request];
  }
  if (isAbove(view.sender_id, view.unit.id)) return ["report", zh.type.report];
  return ["letter", `复${zh.type.letter}`];
}

/** Within a title's marks another's are single (GB/T 15834-2011 4.15.3.5). */
export function quoted(title: string): string {
  return `《${title.replaceAll("《", "〈").replaceAll("》", "〉")}》`;
}

/** An office answers in its government's name what its government received. */
export function replyHead(view: IncomingView, drafting: NamedUnit): HeadDraft {
  const own = view.unit.id === drafting.id;
  const about = /关于(.+)的[^的]+$/.exec(view.title)?.[1] ?? quoted(view.title);
  const [type, named] = replyType(view);
  return {
    ...emptyHead,
    title: zh.handling.replyTitle(own ? drafting.name : view.unit.name, about, named),
    document_type: type,
    // Who sent paper may be in no directory of ours.
    recipients: view.sender_id === "" ? [] : [{ id: view.sender_id, name: view.sender }],
    answers: { receipt: view.id, title: view.title, number: view.number },
    ...(!own && { issuer: view.unit }),
  };
}

export function correctionHead(view: DocumentView, issuers: string[]): HeadDraft {
  // It goes out as what it corrects went out, and is signed by the same.
  const { recipients, copies, countersign, joint, issuer, signer, openness, opennessReason } =
    draftOf(view);
  return {
    ...emptyHead,
    title: `${issuers.join(" ")}${zh.handling.correctTitle(quoted(view.head.title))}`,
    document_type: "notice",
    recipients, copies, countersign, joint, issuer, signer, openness, opennessReason,
    replaces: view.id,
  };
}

export interface Beginning {
  head: HeadDraft;
  body: Body;
}

export function fromTemplate(template: Template, unit: string): Beginning {
  const { title, document_type, body, note } = template;
  return { head: { ...emptyHead, title: `${unit}${title}`, document_type, note }, body };
}

/** An earlier document, of this year: what it answered or replaced, and its meeting, were its own. */
export function fromEarlier(view: DocumentView, year: number): Beginning {
  const head = draftOf(view);
  const then = /〔(\d{4})〕/.exec(view.number ?? "")?.[1];
  return {
    head: {
      ...head,
      title: then === undefined ? head.title : head.title.replaceAll(then, String(year)),
      answers: emptyHead.answers,
      replaces: undefined,
      repeals: [],
      meeting: emptyHead.meeting,
    },
    body: view.body,
  };
}

/** Each way to begin, by its name in the address. */
const WAYS = ["answers", "replaces", "from", "template"] as const;

/** A title names its issuer as the mark does, in full (GB/T 9704-2012 7.2.4, 7.3.1). */
async function inFull(id: string): Promise<NamedUnit> {
  return { id, name: id === "" ? "" : (await calls.unit(id)).unit.name };
}

async function beginning(
  way: (typeof WAYS)[number], key: string, post: PostView | undefined,
): Promise<Beginning> {
  const drafting = () => inFull(post?.unit_id ?? "");
  switch (way) {
    case "answers": {
      const received = await calls.incoming(key);
      const unit = await inFull(received.unit.id);
      return { head: replyHead({ ...received, unit }, await drafting()), body: emptyBody };
    }
    case "replaces": {
      const wrong = await calls.document(key);
      const issuers = [wrong.issuer?.id ?? wrong.unit.id, ...wrong.joint.map((unit) => unit.id)];
      const named = await Promise.all(issuers.map(inFull));
      return { head: correctionHead(wrong, named.map((unit) => unit.name)), body: emptyBody };
    }
    case "from": {
      const earlier = await calls.document(key);
      await bringAlong(key, earlier.body);
      return fromEarlier(earlier, new Date().getFullYear());
    }
    case "template": {
      const known = (await calls.templates()).find((one) => one.key === key);
      return known === undefined
        ? { head: emptyHead, body: emptyBody }
        : fromTemplate(known, (await drafting()).name);
    }
  }
}

/** What to begin with, its draft's name, and whether it is known yet. */
export function usePreset(post: PostView | undefined) {
  const [asked] = useSearchParams();
  const way = WAYS.find((one) => asked.get(one) !== null);
  const key = way === undefined ? "" : asked.get(way) ?? "";
  const query = useQuery({
    queryKey: ["preset", way, key, post?.id],
    queryFn: () => beginning(way ?? "from", key, post),
    enabled: way !== undefined,
    staleTime: Infinity,
  });
  const { head, body } = query.data ?? { head: emptyHead, body: emptyBody };
  return { head, body, about: key, way, pending: query.isLoading, error: query.error };
}

// A document's one page: what it is, where it stands, what I can do, what was done.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Tabs } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { calls } from "../api/calls";
import { asProblem, isGone } from "../api/problem";
import type { ActionView, DocumentRequest, DocumentView, Stage } from "../api/types";
import { useAct } from "../hooks/act";
import { zh } from "../i18n/zh-cn";
import { DeclarationList } from "../parts/declaration-list";
import { DistributionGrid } from "../parts/distribution-grid";
import { DocumentText } from "../parts/document-text";
import { OpinionList } from "../parts/opinion-list";
import { SheetLink, voicesOf } from "../parts/sheet-link";
import { printedPages } from "../parts/page-source";
import { PageViewer } from "../parts/page-viewer";
import { Failed, Waiting } from "../parts/standing-states";
import { StateLine } from "../parts/state-line";
import { StateTag, UrgencyTag } from "../parts/state-tag";
import { time } from "../ui/format";
import { Timeline } from "../parts/timeline";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { ActDialog, type AnyRequest } from "./act-dialog";
import { ActionBar } from "./action-bar";
import { actionName } from "./action-names";
import { areaOf } from "./area";
import { Attachments } from "./attachments";
import { DocumentEditor, type Written } from "./document-editor";
import type { Saved } from "./draft-conflict";
import { draftOf, headOf, told } from "./head-draft";
import { Facts, Proof, Versions } from "./matter-parts";
import { Standing } from "../parts/exchange-standing";
import { attachAll } from "./word-annexes";

export function DocumentPage() {
  const { id = "" } = useParams();
  const page = useQuery({ queryKey: ["document", id], queryFn: () => calls.document(id) });
  if (page.isPending) return <Waiting />;
  if (page.data === undefined || isGone(page.error)) {
    return (
      <Page title={zh.document.notShown}>
        <Failed error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  }
  return <Shown key={id} view={page.data} />;
}

function useDocumentAct(id: string) {
  return useAct<DocumentRequest>(["document", id], (envelope) => calls.documentAct(id, envelope));
}

function Shown({ view }: { view: DocumentView }) {
  const [action, setAction] = useState<ActionView>();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const act = useDocumentAct(view.id);
  const close = () => { setAction(undefined); act.reset(); };
  const reload = () => {
    close();
    void cache.invalidateQueries({ queryKey: ["document", view.id] });
  };
  if (action?.name === "save") {
    return <Editing view={view} action={action} onClose={close} />;
  }
  const send = (request: AnyRequest) => {
    if (action === undefined) return;
    const sending = { as_post: action.post, seen: view.version };
    act.mutate({ ...sending, request: request as DocumentRequest }, {
      onSuccess: (done) => {
        const what = zh.action.done(actionName(action));
        void message.success(done.number == null ? what : `${what}：${done.number}`);
        setAction(undefined);
      },
    });
  };
  // What runs on after it was recalled is only that it is concluded.
  const recalled = view.recalled != null && view.state === "running";
  const tags = (
    <>
      <StateTag state={recalled ? "recalled" : view.state} />
      <UrgencyTag urgency={view.head.urgency ?? "ordinary"} />
      {view.signed && <span className="tag tone-red">{zh.document.signed}</span>}
    </>
  );
  return (
    <Page title={view.head.title} tags={tags}>
      <Standing of="document" recalled={view.recalled} replaced={view.replaced}
        replaces={view.replaces} repealed={view.repealed} />
      <StateLine stages={view.stages} />
      <ActionBar actions={view.actions} onChoose={setAction} />
      <Begun view={view} />
      <Content view={view} />
      {action !== undefined && (
        <Dialog view={view} action={action} proposal={view.proposal ?? null} busy={act.isPending} error={act.error}
          onSend={send} onClose={close} onReload={reload} />
      )}
    </Page>
  );
}

/** At which acts the rules stand in the way. */
function stageOf(action: ActionView): Stage | undefined {
  if (action.name === "submit") return "submit";
  if (action.name === "number" || action.name === "distribute") return "issue";
  if (action.name !== "approve") return undefined;
  return APPROVED_AT[action.node];
}

const APPROVED_AT: Partial<Record<string, Stage>> = {
  draft: "submit",
  edit_check: "review",
  legality_review: "legality",
  sign_off: "sign_off",
};

type DialogProps = Omit<Parameters<typeof ActDialog>[0], "rules"> & { view: DocumentView };

/** The dialog of an act, with what the rules find before it. */
function Dialog({ view, ...props }: DialogProps) {
  const stage = stageOf(props.action);
  const found = useQuery({
    queryKey: ["document", view.id, "rules", stage, view.version],
    queryFn: () => calls.rulesBefore(view.id, stage ?? "draft"),
    enabled: stage !== undefined,
    gcTime: 0,
  });
  // Where they cannot be had, the server still judges the act itself.
  const findings = found.isError ? [] : found.data;
  const rules = { findings, attachments: view.attachments };
  return <ActDialog {...props} {...(stage !== undefined && { rules })} />;
}

/** What one begins from here: another like it, or what replaces what cannot be recalled any more. */
function Begun({ view }: { view: DocumentView }) {
  const { post } = useSession();
  const drafts = post?.duties.includes("drafter") === true && post.unit_id === view.unit.id;
  const correctable = drafts && view.sent > 0 && view.replaced == null && view.recalled == null;
  if (post?.duties.includes("drafter") !== true) return null;
  return (
    <p className="links">
      <Link to={`/documents/new?from=${view.id}`}>{zh.begin.like}</Link>
      {correctable && (
        <Link to={`/documents/new?replaces=${view.id}`}>{zh.handling.correct}</Link>
      )}
    </p>
  );
}

/** 联署: who signed for each joint issuer. */
function coSigned(view: DocumentView): string {
  const one = (signed: DocumentView["co_signed"][number]) =>
    `${signed.unit} ${signed.post} ${signed.person}（${time(signed.time_ms)}）`;
  return view.co_signed.map(one).join("；");
}

function facts(view: DocumentView): [string, string][] {
  // Urgency stands beside the title.
  const elsewhere: string[] = [zh.head.issuer, zh.head.urgency];
  return [
    [zh.head.number, view.number ?? ""],
    [zh.head.unit, view.issuer?.name ?? view.unit.name],
    ...told(draftOf(view)).filter(([name]) => !elsewhere.includes(name)),
    [zh.head.coSigned, coSigned(view)],
    [zh.head.retention, view.retention == null ? "" : zh.retention[view.retention]],
  ];
}

function Content({ view }: { view: DocumentView }) {
  return (
    <div className="matter-page">
      <div className="matter-main">
        <Facts facts={facts(view)} />
        <DocumentText document={view.id} title={view.head.title} body={view.body} />
        <Attachments view={view} />
      </div>
      <div className="matter-side">
        <Block title={zh.document.opinions} tools={<SheetLink of="documents" id={view.id} />}><OpinionList opinions={view.opinions} voices={voicesOf("documents", view.id)} /></Block>
        {view.declarations.length > 0 && (
          <Block title={zh.rule.declarations}>
            <DeclarationList document={view.id} declarations={view.declarations}
              attachments={view.attachments} />
          </Block>
        )}
        <Block title={zh.document.timeline}><Timeline entries={view.timeline} opinions={view.opinions} /></Block>
      </div>
      <Tabs
        className="matter-more"
        defaultActiveKey="distribution"
        items={[
          {
            key: "pages",
            label: zh.pages.title,
            children: <PageViewer source={printedPages(view.id, view.head.title)} />,
          },
          {
            key: "distribution",
            label: zh.document.distribution,
            children: <Receipts view={view} />,
          },
          {
            key: "versions",
            label: zh.document.versions,
            children: <Versions id={view.id} versions={view.versions} />,
          },
          {
            key: "proof",
            label: zh.document.proof,
            children: <Proof digest={view.digest} entries={view.timeline} />,
          },
        ]}
      />
    </div>
  );
}

function Receipts({ view }: { view: DocumentView }) {
  const receipts = useQuery({
    queryKey: ["document", view.id, "receipts"],
    queryFn: () => calls.receipts(view.id),
    enabled: view.sent > 0,
  });
  if (receipts.isLoadingError) return <Failed error={receipts.error} />;
  if (receipts.isLoading) return <Waiting />;
  return (
    <>
      {view.sent > 0 && <SheetLink of="documents" id={view.id} sheet="dispatch" />}
      <DistributionGrid receipts={receipts.data ?? []} />
    </>
  );
}

/** The newest version, as an editor takes it up. */
function newestOf(view: DocumentView): Saved {
  const last = view.versions.at(-1);
  return {
    document: view.id,
    person: last?.person ?? "",
    time_ms: last?.time_ms ?? 0,
    written: { head: draftOf(view), body: view.body, base: last?.number ?? 0 },
  };
}

interface EditingProps {
  view: DocumentView;
  action: ActionView;
  onClose: () => void;
}

function Editing({ view, action, onClose }: EditingProps) {
  const { who } = useSession();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const act = useDocumentAct(view.id);
  const attach = useMutation({
    mutationFn: (files: readonly File[]) => attachAll(view.id, action.post, files),
  });
  const refresh = () => cache.invalidateQueries({ queryKey: ["document", view.id] });
  // What one began from: news of the matter must not move the text under one's pen.
  const [began] = useState(view);
  const save = async ({ head, body, base }: Written, files: readonly File[]) => {
    const request = { do: "save", base, head: headOf(head), body } as const;
    try {
      // First, so that what is saved last shows them; once saved, a second press would be too late.
      await attach.mutateAsync(files);
      await act.mutateAsync({ as_post: action.post, request });
    } catch (error) {
      if (asProblem(error).isStale) await refresh();
      throw error;
    }
    void message.success(zh.document.saved);
    onClose();
  };
  return (
    <DocumentEditor
      title={zh.document.edit}
      draftKey={`${who.person}.${view.id}`}
      document={view.id}
      unit={began.unit.id}
      initial={newestOf(began).written}
      newest={newestOf(view)}
      below={areaOf(began.unit.id)}
      busy={attach.isPending || act.isPending}
      error={attach.error ?? act.error}
      onSave={save}
      onCancel={onClose}
      onTaken={act.reset}
      onReload={() => {
        void refresh();
        onClose();
      }}
    />
  );
}

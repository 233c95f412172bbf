// A received document's page, of the same shape as any matter's.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Tabs } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { calls } from "../api/calls";
import { isGone } from "../api/problem";
import type { ActionView, IncomingRequest, IncomingView } from "../api/types";
import { useAct } from "../hooks/act";
import { zh } from "../i18n/zh-cn";
import { AttachmentList } from "../parts/attachment-list";
import { Circulation } from "../parts/circulation";
import { DistributionGrid } from "../parts/distribution-grid";
import { DocumentText } from "../parts/document-text";
import { OpinionList } from "../parts/opinion-list";
import { SheetLink, voicesOf } from "../parts/sheet-link";
import { countedPages, printedPages } from "../parts/page-source";
import { PageViewer } from "../parts/page-viewer";
import { PaperFiles, PaperReadings } from "../parts/paper-files";
import { Failed, Waiting } from "../parts/standing-states";
import { StateLine } from "../parts/state-line";
import { StateTag, UrgencyTag } from "../parts/state-tag";
import { Timeline } from "../parts/timeline";
import { time } from "../ui/format";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { ActDialog, type AnyRequest } from "./act-dialog";
import { ActionBar } from "./action-bar";
import { actionName } from "./action-names";
import { areaOf } from "./area";
import { Facts, Proof } from "./matter-parts";
import { Standing } from "../parts/exchange-standing";

export function IncomingPage() {
  const { document = "", unit = "" } = useParams();
  const id = `${document}.${unit}`;
  const page = useQuery({ queryKey: ["incoming", id], queryFn: () => calls.incoming(id) });
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

function Shown({ view }: { view: IncomingView }) {
  const [action, setAction] = useState<ActionView>();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const act = useAct<IncomingRequest>(["incoming", view.id], (envelope) =>
    calls.incomingAct(view.id, envelope));
  const close = () => { setAction(undefined); act.reset(); };
  const reload = () => {
    close();
    void cache.invalidateQueries({ queryKey: ["incoming", view.id] });
  };
  const send = (request: AnyRequest) => {
    if (action === undefined) return;
    const sending = { as_post: action.post, seen: view.version };
    act.mutate({ ...sending, request: request as IncomingRequest }, {
      onSuccess: () => {
        void message.success(zh.action.done(actionName(action)));
        setAction(undefined);
      },
    });
  };
  const tags = (
    <>
      <StateTag state={view.state} />
      <UrgencyTag urgency={view.urgency} />
      {view.copy && <span className="tag tone-plain">{zh.head.copy}</span>}
    </>
  );
  return (
    <Page title={view.title} tags={tags}>
      <Standing of="incoming" recalled={view.recalled} replaced={view.replaced}
        replaces={view.replaces} repealed={view.repealed} />
      <StateLine stages={view.stages} />
      <ActionBar actions={view.actions} onChoose={setAction} />
      <Reply view={view} />
      <Content view={view} />
      {action !== undefined && (
        <ActDialog action={action} below={areaOf(view.unit.id)} busy={act.isPending}
          proposal={view.proposal ?? null} firstCheck={view.checked == null}
          error={act.error} onSend={send} onClose={close} onReload={reload} />
      )}
    </Page>
  );
}

/** The printed page; where copies are counted, each is noted before it is made. */
function Pages({ view, document }: { view: IncomingView; document: string }) {
  const { post } = useSession();
  const act = useAct<IncomingRequest>(["incoming", view.id], (envelope) =>
    calls.incomingAct(view.id, envelope));
  const source = printedPages(document, view.title);
  if (view.prints == null) return <PageViewer source={source} />;
  const note = () =>
    act.mutateAsync({ as_post: post?.id ?? "", request: { do: "take_copy" } });
  return (
    <>
      <p className="soft">{zh.handling.printedOf(view.copies, view.prints)}</p>
      <PageViewer source={countedPages(source, note)} />
    </>
  );
}

function checked({ checked: check }: IncomingView): string {
  if (check == null) return "";
  const items = check.items.map((item) => zh.handling.firstCheckItem[item]);
  return `${items.join("；")}（${check.post} ${check.person} ${time(check.time_ms)}）`;
}

function facts(view: IncomingView): [string, string][] {
  return [
    [zh.head.number, view.number],
    [zh.head.documentType, view.type_name],
    [zh.head.sender, view.sender],
    [zh.head.receiver, view.unit.name],
    [zh.intake.field.date, view.paper?.date ?? ""],
    [zh.intake.field.copy, view.paper?.copy_number ?? ""],
    [zh.intake.field.addressees, view.paper?.addressees ?? ""],
    [zh.handling.registered, view.registered ?? ""],
    [zh.handling.firstCheck, checked(view)],
    [zh.handling.lead, view.lead ?? ""],
    [zh.handling.assists, view.assists.join("、")],
    [zh.handling.answered, view.answered?.number ?? ""],
    [zh.document.relayedTo, view.relayed.map((unit) => unit.name).join("、")],
    [zh.document.returnReason, view.return_reason ?? ""],
    [zh.head.retention, view.retention == null ? "" : zh.retention[view.retention]],
  ];
}

/** Whoever drafts for the unit can begin the answer from here. */
function Reply({ view }: { view: IncomingView }) {
  const { post } = useSession();
  if (!view.answer_posts.includes(post?.id ?? "")) return null;
  return (
    <p className="links">
      <Link to={`/documents/new?answers=${view.id}`}>{zh.handling.reply}</Link>
    </p>
  );
}

/** How what was relayed stands at each unit below. */
function Relayed({ id }: { id: string }) {
  const queryKey = ["incoming", id, "receipts"];
  const receipts = useQuery({ queryKey, queryFn: () => calls.relayed(id) });
  if (receipts.isPending) return <Waiting />;
  if (receipts.isLoadingError) return <Failed error={receipts.error} />;
  return <DistributionGrid receipts={receipts.data} />;
}

/** Its text and files, or the pages on which it came. */
function Text({ view }: { view: IncomingView }) {
  if (view.paper != null) {
    return (
      <>
        <Block title={zh.intake.paper}>
          <PaperFiles id={view.id} files={view.attachments} />
        </Block>
        {view.paper.readings.length > 0 && (
          <Block title={zh.intake.readings}><PaperReadings paper={view.paper} /></Block>
        )}
      </>
    );
  }
  return (
    <>
      <DocumentText document={view.document ?? ""} title={view.title} body={view.body} />
      <Block title={zh.document.attachments}>
        <AttachmentList document={view.document ?? ""} attachments={view.attachments} />
      </Block>
    </>
  );
}

function Content({ view }: { view: IncomingView }) {
  return (
    <div className="matter-page">
      <div className="matter-main">
        <Facts facts={facts(view)} />
        <Text view={view} />
      </div>
      <div className="matter-side">
        {view.readers.length > 0 && (
          <Block title={zh.handling.circulation}><Circulation readers={view.readers} /></Block>
        )}
        <Block title={zh.document.opinions} tools={<SheetLink of="incoming" id={view.id} />}><OpinionList opinions={view.opinions} voices={voicesOf("incoming", view.id)} /></Block>
        <Block title={zh.document.timeline}><Timeline entries={view.timeline} opinions={view.opinions} /></Block>
      </div>
      <Tabs
        className="matter-more"
        defaultActiveKey={view.relayed.length > 0 ? "grid" : "proof"}
        items={[
          ...(view.document != null
            ? [{
              key: "pages",
              label: zh.pages.title,
              children: <Pages view={view} document={view.document} />,
            }]
            : []),
          ...(view.relayed.length > 0
            ? [{ key: "grid", label: zh.grid.file, children: <Relayed id={view.id} /> }]
            : []),
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

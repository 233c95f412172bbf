// Every part with made-up content, for looking at and for the accessibility test.
import { useState } from "react";
import { Problem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import { AttachmentList } from "../parts/attachment-list";
import { DistributionGrid } from "../parts/distribution-grid";
import { DocumentText } from "../parts/document-text";
import { MatterList } from "../parts/matter-list";
import { OpinionList } from "../parts/opinion-list";
import { ProblemNote } from "../parts/problem-note";
import { ProofPanel } from "../parts/proof-panel";
import { Nothing, Waiting } from "../parts/standing-states";
import { StateLine } from "../parts/state-line";
import { TextEditor } from "../parts/text-editor";
import { Timeline } from "../parts/timeline";
import { VersionCompare } from "../parts/version-compare";
import { Block, Page } from "../shell/page";
import * as sample from "./dev-samples";

export function DevUiPage() {
  const [seq, setSeq] = useState<number>();
  return (
    <main className="main alone-page">
      <Page title={zh.dev.title}>
        <Block title={zh.stateline.label}><StateLine stages={sample.stages} /></Block>
        <Block title={zh.inbox.title}>
          <MatterList items={sample.items} nowMs={sample.NOW_MS} />
        </Block>
        <Block title={zh.document.opinions}><OpinionList opinions={sample.opinions} /></Block>
        <Block title={zh.document.timeline}><Timeline entries={sample.entries} /></Block>
        <Block title={zh.compare.title}><VersionCompare lines={sample.lines} /></Block>
        <Block title={zh.document.distribution}>
          <DistributionGrid receipts={sample.receipts} />
        </Block>
        <Block title={zh.proof.title}>
          <ProofPanel digest={sample.DIGEST} checkpoint={sample.checkpoint}
            entries={sample.entries} onChoose={setSeq} proof={sample.proof}
            {...(seq !== undefined && { chosen: seq })} />
        </Block>
        <Block title={zh.editor.label}>
          <TextEditor initial={sample.body} pictures={sample.pictures} onChange={() => undefined} />
        </Block>
        <Block title={zh.document.view}>
          <DocumentText document="x" title={sample.TITLE} body={sample.body} />
          <AttachmentList document="x" attachments={[]} />
        </Block>
        <Block title={zh.problem.heading}>
          <ProblemNote problem={new Problem(sample.problem)} onReload={() => undefined} />
          <Waiting />
          <Nothing />
        </Block>
      </Page>
    </main>
  );
}

// The shapes that cross the wire, by the names that the pages use; all of them generated.
import type { components, paths } from "./schema";

type Shapes = components["schemas"];

export type Urgency = Shapes["Urgency"];
export type Retention = Shapes["Retention"];
export type DocumentState = Shapes["State"];
export type IncomingState = Shapes["IncomingState"];
export type DocumentType = Shapes["DocumentType"];
export type Format = Shapes["Format"];
export type Openness = Shapes["Openness"];
export type Meeting = Shapes["Meeting"];
export type Stage =
  paths["/api/documents/{id}/rules"]["get"]["parameters"]["query"]["stage"];
export type Declared = Shapes["Declared"];
export type FirstCheckItem = Shapes["FirstCheckItem"];
export type Repealed = Shapes["Repealed"];
export type RepealedView = Shapes["RepealedView"];
export type ReviewItem = Shapes["ReviewItem"];
export type RuleFinding = Shapes["RuleFinding"];
export type Writing = Shapes["Writing"];
export type DeclarationView = Shapes["DeclarationView"];

export type Mark = Shapes["Mark"];
export type Inline = Shapes["Inline"];
export type TableCell = Shapes["TableCell"];
export type TableRow = Shapes["TableRow"];
export type Picture = Shapes["Picture"];
export type Block = Shapes["Block"];
export type Body = Shapes["Body"];
export type Ink = Shapes["Ink"];
export type ByHand = Shapes["ByHand"];
export type WordDraft = Shapes["WordDraft"];
export type Head = Shapes["Head"];
export type ExchangeLine = Shapes["ExchangeLine"];
export type Template = Shapes["Template"];

export type PostView = Shapes["PostView"];
export type Who = Shapes["Who"];
export type DemoPerson = Shapes["DemoPerson"];
export type SetupState = Shapes["SetupState"];
export type Setup = Shapes["Setup"];
export type SessionView = Shapes["SessionView"];
export type PasskeyView = Shapes["PasskeyView"];

export type BoxName = "todo" | "notices" | "done" | "drafted";
export type InboxItem = Shapes["InboxItem"];
export type InboxPage = Shapes["Page_InboxItem"];
export type NamedUnit = Shapes["NamedUnit"];
export type StageView = Shapes["StageView"];
export type ActionView = Shapes["ActionView"];
export type OpinionView = Shapes["OpinionView"];
export type TimelineEntry = Shapes["TimelineEntry"];
export type VersionView = Shapes["VersionView"];
export type Attachment = Shapes["Attachment"];
export type PagesView = Shapes["PagesView"];
export type Leaf = Shapes["Leaf"];
export type SignatureView = Shapes["SignatureView"];
export type PrintView = Shapes["PrintView"];
export type DocumentView = Shapes["DocumentView"];
export type IncomingView = Shapes["IncomingView"];
export type ReceiptView = Shapes["ReceiptView"];
/** What is looked for among documents. */
export type Sought = paths["/api/search"]["get"]["parameters"]["query"];
export type FoundMatter = Shapes["FoundMatter"];
export type FoundPart = Shapes["FoundPart"];
export type NumberView = Shapes["NumberView"];
export type Proposal = Shapes["DocumentView"]["proposal"];
export type ArchiveLine = Shapes["ArchiveLine"];
export type ArchiveView = Shapes["ArchiveView"];
export type ArchiveAct = Shapes["ArchiveAct"];
export type ArchiveRequest = Shapes["ArchiveRequest"];
export type DestructionLine = Shapes["DestructionLine"];
export type ArchiveAction = Shapes["ArchiveAction"];
export type FondsAct = Shapes["FondsAct"];
export type FondsView = Shapes["FondsView"];
export type TestView = Shapes["TestView"];
export type LoanView = Shapes["LoanView"];
export type PacketFile = Shapes["PacketFile"];
export type UnfiledLine = Shapes["UnfiledLine"];
export type Piece = Shapes["Piece"];
export type ComparedLine = Shapes["ComparedLine"];

export type Unsaved = Shapes["Unsaved"];
export type MessageView = Shapes["MessageView"];

export type DocumentRequest = Shapes["Request"];
export type IncomingRequest = Shapes["IncomingRequest"];
export type DocumentAct = Shapes["DocumentAct"];
export type IncomingAct = Shapes["IncomingAct"];
export type ReadElement = Shapes["ReadElement"];
export type ReadField = Shapes["ReadField"];
export type ScanView = Shapes["ScanView"];
export type LinkView = Shapes["LinkView"];
export type PaperView = Shapes["PaperView"];
export type Registration = Shapes["Registration"];
export type RegisterAct = Shapes["RegisterAct"];
export type BeginAct = Shapes["BeginAct"];
export type Done = Shapes["Done"];

export type UnitView = Shapes["UnitView"];
export type PostPeople = Shapes["PostPeople"];
export type UnitCard = Shapes["UnitCard"];
export type FoundView = Shapes["FoundView"];
export type ActView = Shapes["ActView"];
export type JournalPage = Shapes["Page_ActView"];
export type CheckpointView = Shapes["CheckpointView"];
export type ProofView = Shapes["ProofView"];
/** Which acts of the journal; what is empty is any. */
export interface JournalFilter {
  command: string;
  unit: string;
}

/** `detail` is in RFC 9457; our own server says everything in the title. */
export type ProblemBody = Shapes["ProblemBody"] & { detail?: string | null };

/** An act as it is sent, whatever it asks. */
export interface ActEnvelope<R> {
  act_id: string;
  as_post: string;
  seen?: number;
  request: R;
}

// The shapes that cross the wire, by the names that the pages use.

export type Urgency = "ordinary" | "urgent" | "most_urgent";
export type Retention = "permanent" | "thirty_years" | "ten_years";
export type DocumentState = "draft" | "running" | "concluded" | "archived";
export type IncomingState = "delivered" | "acknowledged" | "returned" | "concluded" | "archived";
export type DocumentType =
  | "resolution"
  | "decision"
  | "order"
  | "communique"
  | "proclamation"
  | "public_notice"
  | "opinion"
  | "notice"
  | "circular"
  | "report"
  | "request_for_instruction"
  | "reply_to_request"
  | "motion"
  | "letter"
  | "minutes";

export interface Mark {
  type: "bold" | "italic" | "underline";
}
export type Inline = { type: "text"; text: string; marks?: Mark[] } | { type: "hardBreak" };
export interface CellAttributes {
  colspan?: number;
  rowspan?: number;
  colwidth?: number[] | null;
}
export interface TableCell {
  type: "tableHeader" | "tableCell";
  attrs?: CellAttributes;
  content?: Block[];
}
export interface TableRow {
  type: "tableRow";
  content?: TableCell[];
}
export type Block =
  | { type: "heading"; attrs: { level: number }; content?: Inline[] }
  | { type: "paragraph"; content?: Inline[] }
  | { type: "table"; content: TableRow[] };
export interface Body {
  type: "doc";
  content?: Block[];
}

export interface PostView {
  id: string;
  title: string;
  unit_id: string;
  unit_name: string;
  duties: string[];
  for_person?: string | null;
}
export interface Who {
  person: string;
  name: string;
  posts: PostView[];
  cell: string;
  demonstration: boolean;
}
export interface DemoPerson {
  username: string;
  name: string;
  post: string;
  unit: string;
  note: string;
}
export interface SetupState {
  needed: boolean;
  demonstration: boolean;
}
export interface NewAdministrator {
  username: string;
  name: string;
  password: string;
}
export interface Setup {
  token: string;
  system: NewAdministrator;
  security: NewAdministrator;
  audit: NewAdministrator;
}
export interface SessionView {
  id: string;
  created_ms: number;
  used_ms: number;
  address: string;
  agent: string;
  current: boolean;
}

export interface Page<T> {
  items: T[];
  next?: string | null;
}
export type BoxName = "todo" | "done" | "drafted";
export interface InboxItem {
  kind: string;
  id: string;
  title: string;
  step: string;
  unit: string;
  urgency: string;
  state: string;
  time_ms: number;
  due_ms?: number | null;
}

export interface NamedUnit {
  id: string;
  name: string;
}
export interface StageView {
  id: string;
  name: string;
  standing: string;
  holders: string[];
  due_ms?: number | null;
}
export interface Target {
  id: string;
  name: string;
}
export interface ActionView {
  name: string;
  node: string;
  post: string;
  targets: Target[];
}
export interface OpinionView {
  step: string;
  decision: string;
  text: string;
  person: string;
  post: string;
  unit: string;
  rank: number;
  version: number;
  digest: string;
  time_ms: number;
}
export interface TimelineEntry {
  seq: number;
  time_ms: number;
  command: string;
  person: string;
  post: string;
  unit: string;
}
export interface VersionView {
  number: number;
  digest: string;
  person: string;
  time_ms: number;
}
export interface Attachment {
  digest: string;
  name: string;
  size: number;
  media: string;
}
export interface Head {
  title: string;
  document_type: DocumentType;
  urgency?: Urgency;
  recipients?: string[];
  copies?: string[];
  countersign?: string[];
  signer?: string | null;
}
export interface DocumentView {
  id: string;
  version: number;
  head: Head;
  type_name: string;
  unit: NamedUnit;
  recipients: NamedUnit[];
  copies: NamedUnit[];
  countersign: NamedUnit[];
  signer?: string | null;
  body: Body;
  digest: string;
  signed: boolean;
  number?: string | null;
  state: DocumentState;
  retention?: Retention | null;
  stages: StageView[];
  actions: ActionView[];
  opinions: OpinionView[];
  timeline: TimelineEntry[];
  versions: VersionView[];
  attachments: Attachment[];
  sent: number;
}
export interface IncomingView {
  id: string;
  version: number;
  title: string;
  number: string;
  type_name: string;
  urgency: string;
  sender: string;
  unit: NamedUnit;
  body: Body;
  digest: string;
  document: string;
  state: IncomingState;
  copy: boolean;
  return_reason?: string | null;
  retention?: Retention | null;
  stages: StageView[];
  actions: ActionView[];
  opinions: OpinionView[];
  timeline: TimelineEntry[];
  attachments: Attachment[];
  relayed: NamedUnit[];
}
export interface ReceiptView {
  id: string;
  unit: string;
  unit_name: string;
  parent?: string | null;
  copy: boolean;
  state: string;
  delivered_ms: number;
  acknowledged_ms?: number | null;
  acknowledged_by?: string | null;
  return_reason?: string | null;
}
export interface NumberView {
  text: string;
  document: string;
  given_ms: number;
  void_reason?: string | null;
}
export interface Piece {
  standing: "kept" | "inserted" | "deleted";
  text: string;
}
export interface ComparedLine {
  pieces: Piece[];
}

export type DocumentRequest =
  | { do: "save"; head: Head; body: Body; secrecy?: string }
  | { do: "submit" }
  | { do: "approve"; node: string; opinion: string }
  | { do: "return"; node: string; target: string; direct: boolean; opinion: string }
  | { do: "withdraw"; node: string }
  | { do: "transfer"; node: string; to: string; opinion: string }
  | { do: "number"; book?: string | null }
  | { do: "void_number"; reason: string }
  | { do: "distribute" }
  | { do: "conclude"; opinion: string }
  | { do: "archive"; retention: Retention }
  | { do: "attach"; attachment: Attachment }
  | { do: "detach"; digest: string };
export type IncomingRequest =
  | { do: "acknowledge" }
  | { do: "return_document"; reason: string }
  | { do: "approve"; node: string; opinion: string }
  | { do: "return"; node: string; target: string; direct: boolean; opinion: string }
  | { do: "transfer"; node: string; to: string; opinion: string }
  | { do: "relay"; units: string[] }
  | { do: "conclude"; opinion: string }
  | { do: "archive"; retention: Retention };
export interface ActEnvelope<R> {
  act_id: string;
  as_post: string;
  seen?: number;
  request: R;
}
export interface BeginAct {
  act_id: string;
  as_post: string;
  head: Head;
  body: Body;
  secrecy?: string;
}
export interface Done {
  seq?: number | null;
  time_ms: number;
  repeated: boolean;
  id?: string | null;
  version?: number | null;
  number?: string | null;
}

export interface UnitView {
  id: string;
  name: string;
  short_name: string;
  level: number;
  kind: string;
  has_children: boolean;
}
export interface PostPeople {
  id: string;
  title: string;
  duties: string[];
  people: string[];
}
export interface UnitCard {
  unit: UnitView;
  above: string[];
  posts: PostPeople[];
}
export interface FoundView {
  kind: string;
  id: string;
  name: string;
  place: string;
  unit: string;
}
export interface ActView {
  seq: number;
  time_ms: number;
  command: string;
  person?: string | null;
  post?: string | null;
  unit?: string | null;
  commitment: string;
}
export interface CheckpointView {
  note: string;
  size: number;
  acts: number;
  key: string;
}
export interface ProofView {
  seq: number;
  entry: string;
  bundle: string;
  key: string;
}
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  rule?: string | null;
  next?: string | null;
  detail?: string | null;
}

// Every address of the application.
import { createBrowserRouter } from "react-router";
import { NotFound, PageError } from "./pages/not-found";
import { AppShell } from "./shell/app-shell";
import { Home } from "./shell/home";
import { Guarded } from "./shell/session";

const lazy = {
  login: async () => ({ Component: (await import("./pages/login")).LoginPage }),
  setup: async () => ({ Component: (await import("./pages/setup")).SetupPage }),
  inbox: async () => ({ Component: (await import("./pages/inbox")).InboxPage }),
  draft: async () => ({ Component: (await import("./pages/new-document")).NewDocumentPage }),
  document: async () => ({ Component: (await import("./pages/document")).DocumentPage }),
  intake: async () => ({ Component: (await import("./pages/intake")).IntakePage }),
  incoming: async () => ({ Component: (await import("./pages/incoming")).IncomingPage }),
  contacts: async () => ({ Component: (await import("./pages/contacts")).ContactsPage }),
  messages: async () => ({ Component: (await import("./pages/messages")).MessagesPage }),
  workbench: async () => ({ Component: (await import("./pages/workbench")).WorkbenchPage }),
  search: async () => ({ Component: (await import("./pages/search")).SearchPage }),
  archives: async () => ({ Component: (await import("./pages/archives")).ArchivesPage }),
  archive: async () => ({ Component: (await import("./pages/archive")).ArchivePage }),
  repealed: async () => ({ Component: (await import("./pages/repealed")).RepealedPage }),
  exchange: async () => ({ Component: (await import("./pages/exchange")).ExchangePage }),
  numbers: async () => ({ Component: (await import("./pages/numbers")).NumbersPage }),
  journal: async () => ({ Component: (await import("./pages/journal")).JournalPage }),
  admin: async () => ({ Component: (await import("./pages/admin")).AdminPage }),
  sessions: async () => ({ Component: (await import("./pages/sessions")).SessionsPage }),
  processes: async () => ({ Component: (await import("./pages/processes")).ProcessesPage }),
  process: async () => ({ Component: (await import("./pages/process")).ProcessPage }),
  start: async () => ({ Component: (await import("./pages/process-start")).ProcessStartPage }),
  edit: async () => ({ Component: (await import("./pages/process-edit")).ProcessEditPage }),
  running: async () =>
    ({ Component: (await import("./pages/process-running")).ProcessRunningPage }),
  monitor: async () => ({ Component: (await import("./pages/monitor")).MonitorPage }),
  work: async () => ({ Component: (await import("./pages/work")).WorkPage }),
  ui: async () => ({ Component: (await import("./pages/dev-ui")).DevUiPage }),
};

export const router = createBrowserRouter([
  { path: "/login", lazy: lazy.login, errorElement: <PageError /> },
  { path: "/setup", lazy: lazy.setup, errorElement: <PageError /> },
  { path: "/dev/ui", lazy: lazy.ui, errorElement: <PageError /> },
  {
    path: "/",
    element: <Guarded><AppShell /></Guarded>,
    errorElement: <PageError />,
    children: [
      { index: true, element: <Home /> },
      { path: "inbox", lazy: lazy.inbox },
      { path: "documents/new", lazy: lazy.draft },
      { path: "documents/:id", lazy: lazy.document },
      { path: "incoming/new", lazy: lazy.intake },
      { path: "incoming/:document/:unit", lazy: lazy.incoming },
      { path: "processes", lazy: lazy.processes },
      { path: "processes/:code", lazy: lazy.process },
      { path: "processes/:code/start", lazy: lazy.start },
      { path: "processes/:code/edit", lazy: lazy.edit },
      { path: "processes/:code/running", lazy: lazy.running },
      { path: "monitor", lazy: lazy.monitor },
      { path: "works/:id", lazy: lazy.work },
      { path: "contacts", lazy: lazy.contacts },
      { path: "messages", lazy: lazy.messages },
      { path: "workbench", lazy: lazy.workbench },
      { path: "search", lazy: lazy.search },
      { path: "exchange", lazy: lazy.exchange },
      { path: "exchange/repealed", lazy: lazy.repealed },
      { path: "numbers", lazy: lazy.numbers },
      { path: "archives", lazy: lazy.archives },
      { path: "archives/:kind/:key/:unit?", lazy: lazy.archive },
      { path: "journal", lazy: lazy.journal },
      { path: "admin", lazy: lazy.admin },
      { path: "sessions", lazy: lazy.sessions },
      { path: "*", element: <NotFound /> },
    ],
  },
]);

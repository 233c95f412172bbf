// 工作台: everything that one's duties give one to do.
import { Link } from "react-router";
import { zh } from "../i18n/zh-cn";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";

interface Tool {
  to: string;
  name: string;
  note: string;
}

function Tools({ title, tools }: { title: string; tools: Tool[] }) {
  if (tools.length === 0) return null;
  return (
    <Block title={title}>
      <ul className="tools">
        {tools.map((tool) => (
          <li key={tool.to}>
            <Link to={tool.to}>
              <b>{tool.name}</b>
              <span>{tool.note}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Block>
  );
}

export function WorkbenchPage() {
  const { who } = useSession();
  const w = zh.workbench;
  const has = (duty: string) => who.posts.some((post) => post.duties.includes(duty));
  const documents: Tool[] = [
    ...(has("drafter") ? [{ to: "/documents/new", name: w.draft, note: w.draftNote }] : []),
    { to: "/inbox?box=drafted", name: w.drafted, note: w.draftedNote },
    { to: "/inbox?box=done", name: w.done, note: w.doneNote },
    { to: "/search", name: zh.search.title, note: zh.search.note },
    { to: "/exchange", name: zh.exchangeDesk.title, note: zh.exchangeDesk.note },
    ...(has("clerk") ? [{ to: "/numbers", name: w.numbers, note: w.numbersNote }] : []),
    { to: "/archives", name: zh.archives.title, note: zh.archives.note },
  ];
  const works: Tool[] = [
    { to: "/processes", name: zh.process.title, note: zh.process.note },
    { to: "/inbox?box=notices", name: zh.inbox.notices, note: w.noticesNote },
  ];
  const audit = [
    ...(has("audit_admin") ? [{ to: "/journal", name: w.journal, note: w.journalNote }] : []),
    ...(has("system_admin") || has("security_admin")
      ? [
        { to: "/admin", name: zh.admin.title, note: zh.admin.note },
        { to: "/monitor", name: zh.process.monitor, note: zh.process.monitorNote },
      ]
      : []),
  ];
  const mine = [
    { to: "/contacts", name: w.contacts, note: w.contactsNote },
    { to: "/sessions", name: w.sessions, note: w.sessionsNote },
  ];
  return (
    <Page title={w.title}>
      <Tools title={w.documents} tools={documents} />
      <Tools title={zh.process.workbench} tools={works} />
      <Tools title={w.audit} tools={audit} />
      <Tools title={w.mine} tools={mine} />
    </Page>
  );
}

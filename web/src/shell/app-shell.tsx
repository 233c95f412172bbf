// The frame of every page: the bar above, the four boards at the left or, on a phone, below.
import {
  AppstoreOutlined,
  BellOutlined,
  CheckSquareOutlined,
  ContactsOutlined,
} from "@ant-design/icons";
import { Badge } from "antd";
import { Suspense } from "react";
import { NavLink, Outlet } from "react-router";
import { useConnected, useLive } from "../hooks/live";
import { useUnread } from "../hooks/unread";
import { zh } from "../i18n/zh-cn";
import { Waiting } from "../parts/standing-states";
import { useSession } from "./session";
import { TopBar } from "./top-bar";

const boards = [
  { to: "/messages", name: zh.board.messages, icon: <BellOutlined /> },
  { to: "/inbox", name: zh.board.inbox, icon: <CheckSquareOutlined /> },
  { to: "/workbench", name: zh.board.workbench, icon: <AppstoreOutlined /> },
  { to: "/contacts", name: zh.board.contacts, icon: <ContactsOutlined /> },
];

export function AppShell() {
  const { who, expired } = useSession();
  useLive(expired ? undefined : who.person);
  const connected = useConnected();
  return (
    <div className="shell">
      <a className="skip" href="#main">{zh.app.skip}</a>
      <TopBar />
      {who.demonstration && (
        <aside className="demo-bar" aria-label={zh.app.demo}>
          <b>{zh.app.demo}</b><span>{zh.app.demoNote}</span>
        </aside>
      )}
      {!connected && <p className="offline" role="status">{zh.app.offline}</p>}
      <Boards />
      <main id="main" className="main" tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

function Boards() {
  const unread = useUnread();
  return (
    <nav className="boards" aria-label={zh.app.boards}>
      <div className="board-list">
        {boards.map((board) => (
          <NavLink key={board.to} to={board.to} className="board">
            <Badge count={board.to === "/messages" ? unread : 0} size="small" aria-hidden="true">
              <span className="board-icon">{board.icon}</span>
            </Badge>
            <span>{board.name}</span>
          </NavLink>
        ))}
      </div>
    </nav>
  );
}

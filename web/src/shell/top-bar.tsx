// The bar above: the node's name, the post one acts from, the account.
import { BellOutlined, DownOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Badge, Button, Dropdown, type MenuProps, Select } from "antd";
import { Link, useNavigate } from "react-router";
import { calls } from "../api/calls";
import type { PostView } from "../api/types";
import { useUnread } from "../hooks/unread";
import { zh } from "../i18n/zh-cn";
import { toggleCare, useCare } from "./care";
import { useSession } from "./session";

function label(post: PostView): string {
  const whose = post.for_person == null ? "" : zh.app.standIn(post.for_person);
  return `${post.unit_name} ${post.title}${whose}`;
}

export function TopBar() {
  const { who, post, choose } = useSession();
  const options = who.posts.map((one) => ({ value: one.id, label: label(one) }));
  return (
    <header className="top">
      <Link to="/" className="brand">
        <img className="seal" src="/icons/icon.svg" alt="" />
        <b>{zh.app.name}</b>
        <span className="brand-cell">{who.cell}</span>
      </Link>
      <div className="top-right">
        {options.length > 1 && (
          <Select
            aria-label={zh.app.acting}
            className="post-switch"
            value={post?.id}
            options={options}
            onChange={choose}
            popupMatchSelectWidth={false}
          />
        )}
        {options.length === 1 && post !== undefined && (
          <span className="post-one">{label(post)}</span>
        )}
        <Bell />
        <Account name={who.name} acting={post === undefined ? "" : label(post)} />
      </div>
    </header>
  );
}

/** The count is said once, in the name: what is drawn of it is for the eye. */
function Bell() {
  const unread = useUnread();
  return (
    <Link to="/messages" className="bell" aria-label={zh.messages.bell(unread)}>
      <Badge count={unread} size="small" aria-hidden="true">
        <BellOutlined />
      </Badge>
    </Link>
  );
}

/** On a phone the bar has no room for who one is; the menu says it. */
function Account({ name, acting }: { name: string; acting: string }) {
  const go = useNavigate();
  const cache = useQueryClient();
  const care = useCare();
  const leave = useMutation({
    mutationFn: calls.signOut,
    onSettled: () => {
      cache.clear();
      void go("/login");
    },
  });
  const items: MenuProps["items"] = [
    { type: "group", label: <span className="account-who">{name}<br />{acting}</span> },
    { key: "sessions", label: zh.app.sessions, onClick: () => void go("/sessions") },
    { key: "journal", label: zh.app.journal, onClick: () => void go("/journal") },
    { key: "care", label: care ? zh.app.careOff : zh.app.careOn, onClick: toggleCare },
    { type: "divider" },
    { key: "out", label: zh.app.signOut, onClick: () => { leave.mutate(); } },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${zh.app.account} ${name}`}>
        <span className="account-name">{name}</span>
        <DownOutlined className="tiny" />
      </Button>
    </Dropdown>
  );
}

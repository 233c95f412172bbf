// 消息: what moved since this page was opened.
import { Link } from "react-router";
import { useNews } from "../hooks/live";
import { zh } from "../i18n/zh-cn";
import { matterAddress } from "../parts/matter-list";
import { Nothing } from "../parts/standing-states";
import { Page } from "../shell/page";
import { time } from "../ui/format";

export function MessagesPage() {
  const news = useNews();
  return (
    <Page title={zh.messages.title}>
      <p className="soft">{zh.messages.hint}</p>
      {news.length === 0 && <Nothing text={zh.messages.empty} />}
      <ul className="news">
        {news.map((one) => (
          <li key={one.id}>
            <time dateTime={new Date(one.time_ms).toISOString()}>{time(one.time_ms)}</time>
            <span>{one.matters.includes("*") ? zh.messages.many : zh.messages.moved}</span>
            <span className="news-links">
              {one.matters.map((matter) => <Where key={matter} matter={matter} />)}
            </span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Where({ matter }: { matter: string }) {
  const [kind, key] = matter.split(/:(.*)/s);
  if (key === undefined || (kind !== "document" && kind !== "incoming" && kind !== "work")) return null;
  return (
    <Link to={matterAddress(kind, key)}>
      {zh.messages.open}{zh.messages[kind]}
    </Link>
  );
}

// 现在可办: what the acting post can do now, and which other post of one's own could.
import { Button } from "antd";
import type { ActionView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { useSession } from "../shell/session";
import { actionName, isForward } from "./action-names";

interface Props {
  actions: ActionView[];
  onChoose: (action: ActionView) => void;
}

export function ActionBar({ actions, onChoose }: Props) {
  const { who, post, choose } = useSession();
  const mine = actions.filter((action) => action.post === post?.id);
  const others = who.posts.filter(
    (one) => one.id !== post?.id && actions.some((action) => action.post === one.id),
  );
  const first = mine.find(isForward);
  return (
    <section className="actions" aria-label={zh.action.title}>
      {mine.length === 0 && others.length === 0 && <p className="soft">{zh.action.none}</p>}
      {mine.map((action) => (
        <Button
          key={`${action.name}:${action.node}`}
          type={action === first ? "primary" : "default"}
          onClick={() => { onChoose(action); }}
        >
          {actionName(action)}
        </Button>
      ))}
      {others.length > 0 && (
        <p className="others">
          {zh.action.otherPost}
          {others.map((one) => (
            <Button key={one.id} size="small" onClick={() => { choose(one.id); }}>
              {zh.action.switchTo(`${one.unit_name} ${one.title}`)}
            </Button>
          ))}
        </p>
      )}
    </section>
  );
}

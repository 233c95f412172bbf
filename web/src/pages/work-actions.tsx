// 现在可办 on a matter: what moves it on in sight, the rest one press away.
import { Button, Dropdown } from "antd";
import type { WorkAction } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import { useSession } from "../shell/session";

export function workActionName(action: WorkAction): string {
  return zh.work.actions[action.name] ?? action.name;
}

const FIRST = new Set(["submit", "approve", "claim", "advise", "acknowledge", "answer_extension"]);
const LESSER = new Set([
  "transfer", "delegate", "add_before", "add_after", "join", "reduce", "unclaim", "urge", "ask_extension",
  "stop_clock", "revoke",
]);

interface Props {
  actions: WorkAction[];
  /** Steps for which more time was asked, by name. */
  prolonged: string[];
  onChoose: (action: WorkAction) => void;
}

const key = (action: WorkAction) => `${action.name}:${action.step}`;

export function WorkActions({ actions, prolonged, onChoose }: Props) {
  const { who, post, choose } = useSession();
  const mine = actions.filter((action) => action.post === post?.id);
  const others = who.posts.filter(
    (one) => one.id !== post?.id && actions.some((action) => action.post === one.id),
  );
  const name = (action: WorkAction) => {
    const same = mine.filter((one) => one.name === action.name);
    const bare = workActionName(action);
    return same.length > 1 ? zh.work.at(bare, action.step_name) : bare;
  };
  const lesser = mine.filter((action) => LESSER.has(action.name));
  const can = (name: string) => mine.filter((one) => one.name === name).map((one) => one.step_name);
  const asked = can("transfer").find((step) =>
    prolonged.includes(step) && !can("ask_extension").includes(step));
  const shown = mine.filter((action) => !LESSER.has(action.name));
  const first = shown.find((action) => FIRST.has(action.name));
  return (
    <section className="actions" aria-label={zh.action.title}>
      {mine.length === 0 && others.length === 0 && <p className="soft">{zh.action.none}</p>}
      {shown.map((action) => (
        <Button key={key(action)} type={action === first ? "primary" : "default"}
          onClick={() => { onChoose(action); }}>
          {name(action)}
        </Button>
      ))}
      {lesser.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: lesser.map((action) => ({ key: key(action), label: name(action) })),
            onClick: (item) => {
              const action = lesser.find((one) => key(one) === item.key);
              if (action !== undefined) onChoose(action);
            },
          }}
        >
          <Button>{zh.work.more}</Button>
        </Dropdown>
      )}
      {asked !== undefined && <p className="soft">{zh.work.alreadyAsked(asked)}</p>}
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

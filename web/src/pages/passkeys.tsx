// My passkeys: the second factor at sign-in, one for each device.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { calls } from "../api/calls";
import { canUsePasskeys, makePasskey } from "../api/passkey";
import { asProblem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Waiting } from "../parts/standing-states";
import { Block } from "../shell/page";
import { time } from "../ui/format";

export function Passkeys() {
  const cache = useQueryClient();
  const list = useQuery({ queryKey: ["passkeys"], queryFn: calls.passkeys });
  const refresh = () => cache.invalidateQueries({ queryKey: ["passkeys"] });
  const remove = useMutation({ mutationFn: calls.removePasskey, onSuccess: refresh });
  if (list.isPending) return <Waiting />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Block title={zh.passkey.title}>
      <p className="soft">{zh.passkey.hint}</p>
      {list.data.length === 0 && <p>{zh.passkey.empty}</p>}
      <ul className="sessions">
        {list.data.map((key) => (
          <li key={key.id}>
            <div>
              <b>{key.name}</b>
              <p className="soft">{zh.passkey.since} {time(key.created_ms)}</p>
            </div>
            <Button loading={remove.isPending} onClick={() => { remove.mutate(key.id); }}>
              {zh.passkey.remove}
            </Button>
          </li>
        ))}
      </ul>
      {remove.isError && <ProblemNote problem={asProblem(remove.error)} />}
      {canUsePasskeys() ? <Register onDone={refresh} /> : <p>{zh.passkey.unable}</p>}
    </Block>
  );
}

interface RegisterProps {
  onDone: () => Promise<void>;
}

function Register({ onDone }: RegisterProps) {
  const [form] = Form.useForm<{ name: string }>();
  const register = useMutation({
    mutationFn: async (name: string) => {
      const { ticket, options } = await calls.passkeyChallenge();
      await calls.registerPasskey({ ticket, name, credential: await makePasskey(options) });
    },
    onSuccess: async () => {
      form.resetFields();
      await onDone();
    },
  });
  return (
    <Form<{ name: string }> form={form} layout="vertical" requiredMark={false} className="narrow"
      onFinish={(asked) => { register.mutate(asked.name); }}>
      <Form.Item name="name" label={zh.passkey.name}
        rules={[{ required: true, message: zh.passkey.nameNeeded }]}>
        <Input maxLength={40} placeholder={zh.passkey.example} />
      </Form.Item>
      <Button htmlType="submit" loading={register.isPending}>{zh.passkey.add}</Button>
      {register.isError && <ProblemNote problem={asProblem(register.error)} />}
    </Form>
  );
}

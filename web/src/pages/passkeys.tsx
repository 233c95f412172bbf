// My passkeys: the second factor at sign-in, one for each device.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { passkeys, passkeysWork, registerPasskey, removePasskey } from "../api/passkeys";
import { asProblem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Block } from "../shell/page";
import { time } from "../ui/format";

export function Passkeys() {
  const cache = useQueryClient();
  const list = useQuery({ queryKey: ["passkeys"], queryFn: passkeys });
  const refresh = () => cache.invalidateQueries({ queryKey: ["passkeys"] });
  const remove = useMutation({ mutationFn: removePasskey, onSuccess: refresh });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Block title={zh.passkeys.title}>
      <p className="soft">{zh.passkeys.hint}</p>
      {list.data.length === 0 ? <Nothing text={zh.passkeys.none} /> : (
        <ul className="sessions">
          {list.data.map((key) => (
            <li key={key.id}>
              <div>
                <b>{key.name}</b>
                <p className="soft">
                  {zh.passkeys.since} <span className="whole">{time(key.created_ms)}</span>
                </p>
              </div>
              <Button loading={remove.isPending} onClick={() => { remove.mutate(key.id); }}>
                {zh.passkeys.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {remove.isError && <ProblemNote problem={asProblem(remove.error)} />}
      {passkeysWork() ? <Register onDone={refresh} /> : <p>{zh.passkeys.cannot}</p>}
    </Block>
  );
}

interface RegisterProps {
  onDone: () => Promise<void>;
}

function Register({ onDone }: RegisterProps) {
  const [form] = Form.useForm<{ name: string }>();
  const register = useMutation({
    mutationFn: registerPasskey,
    onSuccess: async () => {
      form.resetFields();
      await onDone();
    },
  });
  return (
    <Form<{ name: string }> form={form} layout="vertical" requiredMark={false} className="narrow"
      onFinish={(asked) => { register.mutate(asked.name); }}>
      <Form.Item name="name" label={zh.passkeys.name}
        rules={[{ required: true, message: zh.passkeys.nameNeeded }]}>
        <Input maxLength={40} placeholder={zh.passkeys.example} />
      </Form.Item>
      <Button htmlType="submit" loading={register.isPending}>{zh.passkeys.register}</Button>
      {register.isError && <ProblemNote problem={asProblem(register.error)} />}
    </Form>
  );
}

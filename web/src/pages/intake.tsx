// 来文登记: a scan is read, a clerk compares each reading with the paper, and only then registers.
import { CameraOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import { asProblem } from "../api/problem";
import type { ReadField } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { matterAddress } from "../parts/matter-list";
import { ProblemNote } from "../parts/problem-note";
import { ScanPages } from "../parts/scan-pages";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { IntakeFields } from "./intake-fields";
import {
  type Fields, filled, noFields, readingsOf, registrationOf, type Scanned, unchecked,
} from "../parts/intake-form";

export function IntakePage() {
  const { post } = useSession();
  const clerk = post?.duties.includes("clerk") === true;
  return (
    <Page title={zh.intake.title}>
      <p className="notice" role="note">{clerk ? zh.intake.notSecret : zh.intake.notClerk}</p>
      {clerk && <Intake key={post.id} post={post.id} />}
    </Page>
  );
}

function Intake({ post }: { post: string }) {
  const [files, setFiles] = useState<Scanned[]>([]);
  const [fields, setFields] = useState<Fields>(noFields);
  const [chosen, setChosen] = useState<ReadField>();
  const readings = readingsOf(files);
  const scan = useMutation({
    mutationFn: async (file: File) => ({ file, scan: await calls.scan(file) }),
    onSuccess: (scanned) => {
      const next = [...files, scanned];
      setFiles(next);
      setFields((before) => filled(before, readingsOf(next)));
    },
  });
  const choose = (field: ReadField) => {
    setChosen(field);
    document.getElementById(`intake-${field}`)?.focus();
  };
  return (
    <>
      <Choosing busy={scan.isPending} onChoose={(file) => { scan.mutate(file); }} />
      {scan.error !== null && <ProblemNote problem={asProblem(scan.error)} />}
      {files.length > 0 && (
        <div className="intake">
          <Block title={zh.intake.pages}>
            <ScanPages files={files} readings={[...readings.values()]} chosen={chosen}
              onChoose={choose} />
          </Block>
          <Block title={zh.intake.form}>
            <IntakeFields fields={fields} readings={readings} onChoose={setChosen}
              onChange={setFields} />
            <Registering post={post} files={files} fields={fields} waiting={scan.isPending} />
          </Block>
        </div>
      )}
    </>
  );
}

const TYPES = ".png,.jpg,.jpeg,.pdf,.ofd,image/png,image/jpeg,application/pdf";

function Choosing({ busy, onChoose }: { busy: boolean; onChoose: (file: File) => void }) {
  const file = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (event: React.ChangeEvent<HTMLInputElement>) => {
    const taken = event.target.files?.[0];
    if (taken !== undefined) onChoose(taken);
    event.target.value = "";
  };
  return (
    <div className="bar">
      <input ref={file} type="file" hidden accept={TYPES} aria-label={zh.intake.upload}
        onChange={take} />
      <input ref={camera} type="file" hidden accept="image/jpeg,image/png" capture="environment"
        aria-label={zh.intake.photograph} onChange={take} />
      <Button type="primary" icon={<UploadOutlined />} loading={busy}
        onClick={() => file.current?.click()}>
        {busy ? zh.intake.reading : zh.intake.upload}
      </Button>
      <Button className="phone-only" icon={<CameraOutlined />} disabled={busy}
        onClick={() => camera.current?.click()}>
        {zh.intake.photograph}
      </Button>
      <span className="soft">{zh.intake.formats}</span>
    </div>
  );
}

interface Registered {
  post: string;
  files: readonly Scanned[];
  fields: Fields;
  waiting: boolean;
}

function Registering({ post, files, fields, waiting }: Registered) {
  // One page registers one document, however often the button is pressed.
  const [actId] = useState(newActId);
  const go = useNavigate();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const left = unchecked(fields);
  const register = useMutation({
    mutationFn: async () => {
      const digests: string[] = [];
      for (const { file } of files) digests.push((await calls.upload(file)).digest);
      const registration = registrationOf(fields);
      return calls.register({ act_id: actId, as_post: post, registration, files: digests });
    },
    onSuccess: (done) => {
      void cache.invalidateQueries({ queryKey: ["inbox"] });
      void message.success(zh.intake.done(done.number ?? ""));
      void go(matterAddress("incoming", done.id ?? ""));
    },
  });
  return (
    <div className="stack">
      <p className={left > 0 ? "amber" : "soft"} role="status">
        {left > 0 ? zh.intake.left(left) : zh.intake.all}
      </p>
      {register.error !== null && <ProblemNote problem={asProblem(register.error)} />}
      <Button type="primary" disabled={left > 0 || waiting} loading={register.isPending}
        onClick={() => { register.mutate(); }}>
        {zh.intake.register}
      </Button>
    </div>
  );
}

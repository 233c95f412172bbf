// 语音: recorded here, or a recording that is there already; uploaded as soon as it is made.
import { AudioOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "./problem-note";

interface Props {
  value: string | undefined;
  onChange: (digest: string | undefined) => void;
}

/** Recording with this machine's microphone, where it has one and may. */
function useRecorder(onDone: (file: File) => void) {
  const [recorder, setRecorder] = useState<MediaRecorder>();
  const [seconds, setSeconds] = useState(0);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    if (recorder === undefined) return;
    const timer = setInterval(() => { setSeconds((now) => now + 1); }, 1000);
    return () => {
      clearInterval(timer);
      recorder.stream.getTracks().forEach((track) => { track.stop(); });
    };
  }, [recorder]);
  const start = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const begun = new MediaRecorder(stream);
      const parts: Blob[] = [];
      begun.addEventListener("dataavailable", ({ data }) => { parts.push(data); });
      begun.addEventListener("stop", () => {
        setRecorder(undefined);
        const ending = begun.mimeType.includes("mp4") ? "m4a" : "webm";
        onDone(new File(parts, `${zh.byHand.fileName}.${ending}`, { type: begun.mimeType }));
      });
      begun.start();
      setSeconds(0);
      setRefused(false);
      setRecorder(begun);
    } catch {
      setRefused(true);
    }
  };
  return { recording: recorder !== undefined, seconds, refused, start, stop: () => { recorder?.stop(); } };
}

export function VoiceNote({ value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [heard, setHeard] = useState<string>();
  const upload = useMutation({
    mutationFn: calls.upload,
    onSuccess: ({ digest }) => { onChange(digest); },
  });
  const take = (file: File) => {
    setHeard(URL.createObjectURL(file));
    upload.mutate(file);
  };
  useEffect(() => () => { if (heard !== undefined) URL.revokeObjectURL(heard); }, [heard]);
  const recorder = useRecorder(take);
  const drop = () => {
    setHeard(undefined);
    onChange(undefined);
  };
  return (
    <div className="stack">
      <div className="phrases">
        {recorder.recording
          ? (
            <Button danger onClick={recorder.stop}>
              {zh.byHand.stop(recorder.seconds)}
            </Button>
          )
          : (
            <Button icon={<AudioOutlined />} loading={upload.isPending}
              onClick={() => { void recorder.start(); }}>
              {value === undefined ? zh.byHand.record : zh.byHand.again}
            </Button>
          )}
        <Button disabled={recorder.recording} onClick={() => input.current?.click()}>
          {zh.byHand.choose}
        </Button>
        {value !== undefined && <Button type="text" onClick={drop}>{zh.common.remove}</Button>}
      </div>
      <input ref={input} type="file" hidden accept="audio/*" aria-label={zh.byHand.choose}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) take(file);
          event.target.value = "";
        }} />
      {recorder.refused && <p className="red" role="alert">{zh.byHand.noMicrophone}</p>}
      {value !== undefined && heard !== undefined && <audio controls src={heard} />}
      {upload.error !== null && <ProblemNote problem={asProblem(upload.error)} />}
    </div>
  );
}

// 手写、语音: what is given with an opinion besides its text.
import { AudioOutlined, EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import type { ByHand } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { InkPad } from "../parts/ink-pad";
import { VoiceNote } from "../parts/voice-note";

interface Props {
  value: ByHand;
  onChange: (value: ByHand) => void;
}

/** Without what was taken back. */
function only({ ink, voice }: { [way in keyof ByHand]: ByHand[way] | undefined }): ByHand {
  return { ...(ink != null && { ink }), ...(voice != null && { voice }) };
}

export function ByHandFields({ value, onChange }: Props) {
  const [writing, setWriting] = useState(false);
  const [speaking, setSpeaking] = useState(false);
  return (
    <div className="stack">
      <div className="phrases" role="group" aria-label={zh.byHand.ways}>
        <Button size="small" icon={<EditOutlined />} aria-pressed={writing}
          onClick={() => {
            if (writing) onChange(only({ ink: undefined, voice: value.voice }));
            setWriting(!writing);
          }}>
          {zh.byHand.write}
        </Button>
        <Button size="small" icon={<AudioOutlined />} aria-pressed={speaking}
          onClick={() => {
            if (speaking) onChange(only({ ink: value.ink, voice: undefined }));
            setSpeaking(!speaking);
          }}>
          {zh.byHand.speak}
        </Button>
      </div>
      {writing && (
        <InkPad value={value.ink ?? undefined}
          onChange={(ink) => { onChange(only({ ink, voice: value.voice })); }} />
      )}
      {speaking && (
        <VoiceNote value={value.voice ?? undefined}
          onChange={(voice) => { onChange(only({ ink: value.ink, voice })); }} />
      )}
    </div>
  );
}

// What is said of opinions by hand and by voice, and of the sheets that show them.
export const byHand = {
  ways: "其他方式",
  write: "手写",
  speak: "语音",
  pad: "手写区",
  picture: (by: string) => `${by}的手写意见`,
  voiceOf: (by: string) => `${by}的语音意见`,
  undo: "退一笔",
  clear: "清除",
  record: "开始录音",
  again: "重新录音",
  stop: (seconds: number) => `停止（${String(seconds)}秒）`,
  choose: "选择录音文件",
  noMicrophone: "没有可用的麦克风，或没有允许使用。可以选择录音文件，或改用文字、手写。",
  fileName: "语音意见",
  dispatch: "分送清单",
  sheet: { documents: "发文稿纸", incoming: "文件处理单" },
};

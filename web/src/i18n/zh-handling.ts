// What is said of exchange and of handling what was received.
export const exchangeActions = {
  recall: "撤回发文",
  send_further: "补发",
  circulate: "传阅",
  read: "已阅",
  urge: "催办",
};

export const exchangeConfirm = {
  recall: "从全部收文机关撤回；有一个机关签收后就不能撤回，只能另发更正。",
  send_further: "按原文补发，每个机关生成一份回执；行文规则同首次分发。",
  read: "表示您已阅知此件，阅知时间将显示在传阅情况中。",
  urge: "提醒现在经办的各岗位抓紧办理。",
};

export const handling = {
  registered: "收文编号",
  prints: "每个收文单位可打印份数",
  printsFree: "不填为不限",
  printed: "打印份数",
  printedOf: (made: number, of: number) => `已打印${String(made)}份，可打印${String(of)}份`,
  lead: "主办",
  assists: "协办",
  leadHint: "不选时由文书承办；两个以上岗位办理的，应当明确主办。",
  answered: "答复文号",
  recalled: "撤回原因",
  replacedBy: "由它更正",
  replacedNote: "这份公文已被更正，请以更正件为准：",
  recalledNote: (time: string, reason: string) => `这份公文已于${time}由发文机关撤回：${reason}`,
  replacesNote: "本件更正原件：",
  reply: "起草答复",
  correct: "拟更正件",
  firstCheck: "初审",
  firstCheckNeeded: "请逐项初审后再拟办；不符合规定的，请退文。",
  firstCheckFailed: "不符合规定的初审项",
  firstCheckFailedNeeded: "请选择不符合规定的初审项。",
  firstCheckItem: {
    competence: "应当由本机关办理",
    route: "符合行文规则",
    form: "文种、格式符合要求",
    consultation: "涉及其他地区或者部门职权的事项已协商、会签",
    drafting: "符合公文起草的其他要求",
  },
  circulation: "传阅情况",
  unread: (count: number) => (count === 0 ? "全部已阅" : `${String(count)}人未阅`),
  notRead: "未阅",
  readAt: (time: string) => `${time}已阅`,
  circulateTo: "传阅对象",
  circulateNeeded: "请选择传阅对象。",
  furtherTo: "补发到",
  replyTitle: (unit: string, about: string, type: string) => `${unit}关于${about}的${type}`,
  correctTitle: (title: string) => `关于更正${title}的通知`,
};

// Texts of one's own desk: drafts on this machine, saves that crossed, messages.
import { time } from "../ui/format";

interface Told {
  person: string;
  time_ms: number;
  written: { base: number };
}

export const desk = {
  draft: {
    found: (time: string) => `本机留有${time}未保存的内容。`,
    restore: "恢复",
    discard: "舍弃",
    kept: (time: string) => `${time}已存本机`,
    full: "本机存储已满，未能留存，请尽快保存。",
    elsewhere: "另一个标签页也打开着这份文稿。两处的文字各自留存，后保存的一处会先看到两稿的不同。",
    elsewhereNew: "另一个标签页也在填写新稿。两处的文字各自留存，互不覆盖。",
  },
  conflict: {
    title: "文稿已有新稿",
    told: ({ person, time_ms, written }: Told, base: number) =>
      `${person}已于${time(time_ms)}保存第${String(written.base)}稿，您的文稿是在第${String(base)}稿上改的。`,
    compare: "比较两稿",
    field: "项目",
    theirsIs: "对方的文稿",
    mineIs: "我的文稿",
    mineOnly: "只在我的文稿中",
    theirsOnly: "只在对方文稿中",
    back: "继续修改",
    theirs: "采用对方的文稿",
    mine: "以我的文稿存为新稿",
    note: (number: number) =>
      `以我的文稿存为新稿后，第${String(number)}稿仍在“文稿版本”中；采用对方的文稿后，我的文稿留在本机，可随时恢复。`,
  },
  messages: {
    title: "消息",
    bell: (count: number) =>
      count === 0 ? "消息，没有未读" : `消息，${count >= 100 ? "99条以上" : `${String(count)}条`}未读`,
    filter: "筛选",
    shown: { all: "全部", unread: "未读" },
    empty: { all: "还没有消息。", unread: "没有未读消息。" },
    readAll: "全部已读",
    unread: "未读",
    happened: {
      returned: "退回",
      handed: "转来",
      asked: "加签",
      wanted: "待批",
      answered: "批复",
      urged: "催办",
      withdrawn: "撤回",
      warned: "临近时限",
      yellow: "黄牌",
      red: "红牌",
      sent_back: "退文",
      late: "超时未签收",
      receipted: "回执已齐",
      concluded: "办结",
      rejected: "不同意",
      terminated: "终止",
    },
  },
} as const;

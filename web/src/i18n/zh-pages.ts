// Texts of the viewer of pages in fixed layout.
import type { SignatureView } from "../api/types";

const stamped = ({ pages }: SignatureView) =>
  (pages.length === 0 ? "" : `，在第${pages.join("、")}页`);

export const pages = {
  pages: {
    title: "版式",
    tools: "版式工具",
    view: "查看",
    viewOf: (name: string) => `查看 ${name}`,
    sent: "正本",
    proof: "校样",
    sentNote: "已发出的版式文件。",
    proofNote: "按当前文稿排出，发出时定稿。",
    number: "页码",
    of: (count: number) => `共${count}页`,
    page: (number: number) => `第${number}页`,
    previous: "上一页",
    next: "下一页",
    larger: "放大",
    smaller: "缩小",
    width: "适合宽度",
    actual: "实际大小",
    thumbnails: "缩略图",
    search: "在全文中搜索",
    hits: (at: number, count: number) => `第${at}处，共${count}处`,
    noHits: "没有找到",
    partText: "文件过长，只能搜索前面部分的文字。",
    nextHit: "下一处",
    previousHit: "上一处",
    pdf: "下载 PDF",
    ofd: "下载 OFD",
    print: "打印",
    preparing: "正在准备打印",
    notes: "版式说明",
    fonts: "所用字体",
    named: "未内嵌的字体（以相近字体显示）",
    substituted: "以其他字体代替的字",
    missing: "没有字体可用的字",
    remarks: "排版提示",
    unread: "未能读取的内容",
    attachments: "文件内的附件",
    seals: "印章",
    unsealed: "未盖章",
    signature: (own: SignatureView) => {
      const by = own.provider === "" ? "" : `，由 ${own.provider} 签署`;
      const when = own.signed === "" ? "" : `，自称签于 ${own.signed}`;
      return `${own.seal ? "电子印章" : "数字签名"}${by}${when}${stamped(own)}（未验证）`;
    },
    hidden: (number: number, note: string) => `第${number}页：${note}`,
    unreadable: "这一页无法显示。",
    none: "这份文件没有页面。",
  },
};

// What is said of documents that are in force no more.
export const repeal = {
  field: "废止公文",
  hint: "按文号、标题选择本单位已发公文；平台以前的，直接输入文号",
  note: "这份公文已被废止，废止它的公文：",
  title: "废止、失效目录",
  empty: "没有废止、失效的公文。",
  about: "标题",
  number: "文号",
  way: "情况",
  ways: { repealed: "废止", replaced: "被更正" } as Record<string, string>,
  by: "依据",
  since: "失效时间",
  export: "导出",
};

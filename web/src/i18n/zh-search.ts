// Texts of 公文检索.
export const search = {
  search: {
    title: "公文检索",
    note: "按发文字号、标题、正文查找本单位、本岗位可看的公文",
    box: "检索公文",
    hint: "发文字号、标题或正文",
    kind: "文种",
    anyKind: "全部文种",
    year: "年份",
    anyYear: "全部年份",
    yearOf: (year: number) => `${String(year)}年`,
    begin: "输入发文字号、标题或正文中的词语，多个词用空格分开；要整句查找，请加引号。",
    empty: "没有找到。可换个说法、减少词语，或放宽文种和年份。",
    emptySoFar: "目前没有找到，还有未查完的公文。",
    goOn: "继续查找",
    behind: (count: number) => `最近${String(count)}项办理正在编入索引，刚办的公文可能暂时查不到。`,
    results: "检索结果",
    incoming: "收文",
    draft: "未编号",
    from: "参照此文起草",
  },
};

// Texts of Word files, in and out.

export const word = {
  word: {
    import: "导入 Word",
    download: "下载 Word",
    title: "从 Word 导入",
    reading: "正在读取",
    note: "以下内容由系统识别，尚未保存；请核对后填入，填入后仍可修改。",
    replaces: "填入后将替换现在的标题和正文。",
    found: "识别出的要素",
    nothingFound: "没有识别出公文要素，全文作为正文。",
    text: (characters: number, blocks: number) => `正文：${blocks}段，约${characters}字`,
    annexes: (names: string[]) => `附件：${names.join("、")}，保存时一并上传。`,
    pictures: (count: number) => `正文中的图片：${String(count)}幅，填入时一并上传。`,
    dropped: "没有导入或已改动的内容",
    nothingDropped: "没有丢失内容。",
    take: "填入",
    tooLarge: "文件超过20 MB，不能导入；请压缩文档中的图片，或将附件另存后再导入。",
  },
};

// Words of pictures in a text.
export const picture = {
  picture: {
    insert: "插入图片",
    edit: "图片说明和宽度",
    remove: "删除图片",
    title: "图片",
    put: "插入",
    keep: "确定",
    description: "说明",
    descriptionHint: "写明图上是什么，供看不见图片的人了解；不印在图下",
    descriptionNeeded: "请写明图上是什么。",
    width: "宽度（毫米）",
    widthHint: "10至156毫米，156毫米即版心宽度",
    unreadable: "这个文件不是图片，或者已经损坏，没有插入。",
    tooLarge: "图片超过10 MB，没有插入。请缩小后再试。",
  },
};

// What is said of how a document is begun.
export const begin = {
  from: "起草方式",
  blank: "空白起草",
  earlier: "参照以往公文",
  like: "参照此文起草",
};

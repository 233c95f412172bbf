// What differs between two heads is told in words, and only that.
import { expect, test } from "vitest";
import { headChanges } from "../src/pages/draft-conflict";
import { emptyHead, type HeadDraft } from "../src/pages/head-draft";

const city = { id: "440700000000", name: "江门市政府" };

test("equal heads have no changes", () => {
  expect(headChanges(emptyHead, { ...emptyHead, title: "另一标题" })).toEqual([]);
});

test("whom it goes to and who signs it are compared by name", () => {
  const theirs: HeadDraft = { ...emptyHead, recipients: [city], urgency: "urgent" };
  const mine: HeadDraft = { ...emptyHead, signer: { id: "440000-bgt.zr", name: "主任（何靖）" } };
  expect(headChanges(theirs, mine)).toEqual([
    ["紧急程度", "加急", "平件"],
    ["主送机关", "江门市政府", ""],
    ["签发人", "", "主任（何靖）"],
  ]);
});

// Looking for others among the people of the demonstration.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { calls } from "../src/api/calls";
import type { DemoPerson } from "../src/api/types";
import { DemoPeople } from "../src/parts/sign-in-forms";
import { useDemoSearch } from "../src/shell/sign-in";

const cast: DemoPerson = {
  username: "linlan", name: "林岚", unit: "省政府办公厅", post: "拟稿人", note: "起草公文",
};
const other: DemoPerson = {
  username: "liuwei", name: "刘伟", unit: "江门市财政局", post: "拟稿人", note: "",
};

const chosen: string[] = [];
let asked: string[] = [];

function Demonstration() {
  const search = useDemoSearch();
  return (
    <DemoPeople people={[cast]} search={search} busy={false}
      onChoose={(username) => { chosen.push(username); }} />
  );
}

beforeEach(() => {
  asked = [];
  vi.spyOn(calls, "findDemoPeople").mockImplementation((q) => {
    asked.push(q);
    return Promise.resolve(q === "lw" ? [other] : []);
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={client}><Demonstration /></QueryClientProvider>);
});

afterEach(() => { vi.restoreAllMocks(); });

const box = () => screen.getByRole("searchbox", { name: "找其他演示人员" });

test("those with a part are shown until someone else is looked for, by keyboard alone", async () => {
  expect(screen.getByRole("button").textContent).toContain("林岚");
  const user = userEvent.setup();
  await user.tab();
  expect(document.activeElement).toBe(box());
  await user.keyboard("lw");
  await waitFor(() => { expect(screen.getByRole("button").textContent).toContain("江门市财政局"); });
  expect(screen.getByRole("status").textContent).toBe("找到1人。");
  expect(asked).toEqual(["lw"]);
  await user.tab();
  await user.keyboard("{Enter}");
  expect(chosen).toEqual(["liuwei"]);
  await user.click(box());
  await user.keyboard("{Escape}");
  expect(screen.getByRole("button").textContent).toContain("林岚");
});

test("nobody found is said, and how to look otherwise", async () => {
  await userEvent.setup().type(box(), "无此人");
  await waitFor(() => { expect(screen.getByRole("status").textContent).toContain("没有相符的"); });
  expect(screen.queryByRole("button")).toBeNull();
});

// Processes of the catalogue picked by chance, handled by clicking as their scenarios tell.
// LINGNAN_TOUR says how many, LINGNAN_TOUR_SEED which; LINGNAN_TOUR_CODES names them.
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import type { DemoPerson, UnitCard } from "../src/api/types";
import type { FieldSchema, FormSchema, WorkView } from "../src/api/work-types";
import { kindOf } from "../src/parts/form-values";
import { OPTIONS } from "./acts";
import { fresh, sound, test } from "./people";
import { type Deed, type Fields, type Scenario, scenarios, some } from "./scenario";

const count = Number(process.env.LINGNAN_TOUR ?? "3");
const seed = Number(process.env.LINGNAN_TOUR_SEED ?? "20261129");
const codes = process.env.LINGNAN_TOUR_CODES?.split(",");

/** Buttons whose name is not the scenario's word. */
const BUTTONS: Record<string, string> = { 签收: "阅知", 发生: "登记发生" };
const STATES: Record<string, string> = {
  办结: "concluded", 终止: "terminated", 不同意: "rejected",
};

/** A matter under way: who is signed in, and what stands filled in for the next act. */
class Tour {
  private readonly pages = new Map<string, Page>();
  private written: Fields = {};
  private matter = "";

  constructor(
    private readonly browser: Browser,
    private readonly look: Page,
    private readonly scenario: Scenario,
    private readonly form: FormSchema,
  ) {}

  async play(): Promise<void> {
    this.written = this.scenario.filled;
    await this.start();
    for (const line of this.scenario.lines) {
      if ("fill" in line) this.written = line.fill;
      else if (!await this.handle(line.deed)) return;
    }
    const view = await this.view();
    expect(view.state, this.scenario.name).toBe(STATES[this.scenario.result]);
  }

  private async json<T>(page: Page, path: string): Promise<T> {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    return await answer.json() as T;
  }

  /** As who acts last sees it: he may. */
  private async view(): Promise<WorkView> {
    const page = [...this.pages.values()].at(-1) ?? this.look;
    return this.json(page, `/api/works/${this.matter}`);
  }

  private async page(person: DemoPerson): Promise<Page> {
    const known = this.pages.get(person.username);
    // Put last: it is the one who acts now.
    this.pages.delete(person.username);
    const page = known ?? await enter(this.browser, person.username);
    this.pages.set(person.username, page);
    return page;
  }

  private async people(name: string): Promise<DemoPerson[]> {
    return this.json(this.look, `/api/demo/people?q=${encodeURIComponent(name)}`);
  }

  /** Who holds a post, by its id. */
  private async holding(post: string): Promise<DemoPerson> {
    const [unit = ""] = post.split(".");
    const card = await this.json<UnitCard>(this.look, `/api/directory/units/${unit}`);
    const held = card.posts.find((one) => one.id === post);
    const name = held?.people[0] ?? "";
    const found = (await this.people(name)).filter((one) => one.name === name);
    // Namesakes are told apart by unit, then by post.
    const there = found.filter((one) => one.unit === card.unit.short_name);
    const person = there.find((one) => one.post === held?.title) ?? there[0] ?? found[0];
    if (person === undefined) throw new Error(`nobody holds ${post}`);
    return person;
  }

  /** Whom the state line names: unit, post and name. */
  private async named(holder: string): Promise<DemoPerson | undefined> {
    const words = holder.split(" ");
    const name = words.at(-1) ?? "";
    const found = (await this.people(name)).filter((one) => one.name === name);
    return found.find((one) => words[0]?.includes(one.unit) && holder.includes(one.post))
      ?? found[0];
  }

  private async start(): Promise<void> {
    const page = await this.page(await this.holding(this.scenario.post));
    await page.goto(`/processes/${this.scenario.code}/start?as=${this.scenario.post}`);
    await expect(page.locator(".foot-bar")).toBeVisible();
    await this.fill(page, page.locator("main"), "field");
    await atRest(page);
    await sound(page);
    await page.getByRole("button", { name: "提交", exact: true }).click();
    await expect(page).toHaveURL(/\/works\//);
    this.matter = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await expect(page.getByRole("region", { name: "现在可办" })).toBeVisible();
  }

  /** False when only time brings the matter on: no browser waits for days. */
  private async handle(deed: Deed): Promise<boolean> {
    const view = await this.view();
    if (deed.what === "签收") return this.receive(view, deed);
    if (deed.what === "撤回" || deed.what === "发生") return this.byWhoMay(deed);
    const stage = view.stages.find((one) => one.name === deed.step && one.standing === "active");
    if (stage === undefined) {
      const holders = view.stages.flatMap((one) => (one.standing === "active" ? one.holders : []));
      expect(holders, `${deed.step} is not reached: ${JSON.stringify(view.stages)}`).toEqual([]);
      return false;
    }
    const people = deed.post === undefined
      ? await Promise.all(stage.holders.map((holder) => this.named(holder)))
      : [await this.holding(deed.post)];
    for (const person of people) {
      if (person !== undefined) await this.act(await this.page(person), deed);
    }
    this.written = {};
    return true;
  }

  private async receive(view: WorkView, deed: Deed): Promise<boolean> {
    for (const notice of view.notices.filter((one) => one.step === deed.step)) {
      if (notice.state === "receipted" || notice.state === "read") continue;
      const person = await this.named(notice.holder);
      if (person !== undefined) await this.act(await this.page(person), deed);
    }
    return true;
  }

  /** Of those who were here, the one to whom the button is offered. */
  private async byWhoMay(deed: Deed): Promise<boolean> {
    for (const page of [...this.pages.values()].reverse()) {
      await this.open(page);
      if (await this.button(page, deed).count() > 0) {
        await this.act(page, deed);
        return true;
      }
    }
    throw new Error(`nobody may ${deed.what} at ${deed.step}`);
  }

  private async open(page: Page): Promise<void> {
    await page.goto(`/works/${this.matter}`);
    await expect(page.getByRole("region", { name: "现在可办" })).toBeVisible();
    const actions = page.getByRole("region", { name: "现在可办" });
    const other = actions.getByRole("button", { name: /^改用/ });
    if (await other.count() > 0) await other.first().click();
  }

  /** The button, which names its step when there are several of it. */
  private button(page: Page, deed: Deed): Locator {
    const name = BUTTONS[deed.what] ?? deed.what;
    const actions = page.getByRole("region", { name: "现在可办" });
    return actions.getByRole("button", { name, exact: true })
      .or(actions.getByRole("button", { name: `${name}（${deed.step}）`, exact: true }));
  }

  private async act(page: Page, deed: Deed): Promise<void> {
    await this.open(page);
    const button = this.button(page, deed);
    const more = page.getByRole("button", { name: "更多操作", exact: true });
    if (await button.count() > 0) {
      await button.first().click();
    } else {
      await more.click();
      const name = BUTTONS[deed.what] ?? deed.what;
      await page.getByRole("menuitem", { name: new RegExp(`^${name}`) }).first().click();
    }
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    await this.fill(page, dialog, "act");
    if (deed.what === "退回") await this.back(page, dialog, deed);
    if (deed.what === "发生") await choose(page, dialog.locator("#act-choice"), deed.object ?? "");
    if (/加签|转办/.test(deed.what)) {
      const id = deed.what === "转办" ? "act-to" : "act-posts";
      for (const post of deed.object?.split("、") ?? []) {
        await this.pickPost(page, dialog.locator(`#${id}`), post);
      }
    }
    const opinion = dialog.locator("#act-opinion");
    if (deed.opinion !== undefined && await opinion.count() > 0) await opinion.fill(deed.opinion);
    if (Object.keys(this.written).length > 0) {
      await atRest(page);
      await sound(page);
    }
    await dialog.locator(".ant-modal-footer .ant-btn-primary").click();
    await expect(dialog).toBeHidden();
  }

  private async back(page: Page, dialog: Locator, deed: Deed): Promise<void> {
    await choose(page, dialog.locator("#act-target"), deed.object ?? "");
    const way = deed.way === "直达" ? "直达本环节" : "重走各环节";
    await dialog.getByRole("radio", { name: way }).check();
  }

  /** What is written and asked for here; the rest waits for whoever is asked. */
  private async fill(page: Page, where: Locator, prefix: string): Promise<void> {
    for (const [name, text] of Object.entries(this.written)) {
      const schema = this.form.properties?.[name];
      const control = where.locator(`[id="${prefix}-${name}"]`);
      if (schema === undefined || await control.count() === 0) continue;
      await this.put(page, where, control, name, schema, text);
    }
  }

  private async put(
    page: Page, where: Locator, control: Locator, name: string, schema: FieldSchema, text: string,
  ): Promise<void> {
    switch (kindOf(schema)) {
      case "choice": return choose(page, control, text);
      case "choices":
        if (await control.getByRole("checkbox").count() === 0) {
          await choose(page, control, ...text.split("、"));
          return;
        }
        for (const one of text.split("、")) {
          await control.getByRole("checkbox", { name: one, exact: true }).check();
        }
        return;
      case "yes":
        await control.getByRole("radio", { name: text, exact: true }).check();
        return;
      case "money":
      case "integer":
      case "number":
        await control.fill(text);
        return;
      case "date-time":
        await control.fill(text.replace(" ", "T").slice(0, "2026-09-30T17:00".length));
        return;
      case "unit":
      case "units":
        for (const one of text.split("、")) await this.pickUnit(page, control, one);
        return;
      case "post":
      case "posts":
        for (const one of text.split("、")) await this.pickPost(page, control, one);
        return;
      case "files":
        for (const one of text.split("、")) {
          const input = where.locator(`input[type=file][aria-label="${name}"]`);
          await input.setInputFiles({
            name: /\.\w+$/.test(one) ? one : `${one}.txt`, mimeType: "text/plain",
            buffer: Buffer.from(`${one}\n`),
          });
          await expect(where.locator(".chosen li", { hasText: one })).toBeVisible();
        }
        return;
      case "table": return this.rows(page, where, control, name, schema, text);
      default: await control.fill(text);
    }
  }

  private async rows(
    page: Page, where: Locator, control: Locator, name: string, schema: FieldSchema, text: string,
  ): Promise<void> {
    const rows = JSON.parse(text) as Record<string, unknown>[];
    const id = await control.getAttribute("id") ?? "";
    for (const [at, row] of rows.entries()) {
      await control.click();
      for (const [column, value] of Object.entries(row)) {
        const of = schema.items?.properties?.[column];
        if (of === undefined) continue;
        const cell = where.locator(`[id="${id}-${String(at)}-${column}"]`);
        const said = typeof value === "boolean" ? (value ? "是" : "否")
          : kindOf(of) === "money" ? String(Number(value) / 100) : String(value);
        await this.put(page, where, cell, name, of, said);
      }
    }
  }

  private async pickUnit(page: Page, control: Locator, id: string): Promise<void> {
    const { unit } = await this.json<UnitCard>(this.look, `/api/directory/units/${id}`);
    await control.click();
    await page.keyboard.type(unit.name);
    await page.locator(OPTIONS).filter({ hasText: unit.name }).first().click();
    await close(page);
  }

  private async pickPost(page: Page, control: Locator, post: string): Promise<void> {
    const person = await this.holding(post);
    await control.click();
    await page.keyboard.type(person.name);
    await page.locator(OPTIONS).filter({ hasText: person.name })
      .filter({ hasText: person.unit }).first().click();
    await close(page);
  }
}

/** Signed in without clicking, which other tests do: there are many to come. */
async function enter(browser: Browser, username: string): Promise<Page> {
  const page = await fresh(browser);
  page.setDefaultTimeout(20_000);
  await page.goto("/login");
  const { origin } = new URL(page.url());
  const answer = await page.request.post("/api/demo/session", {
    data: { username }, headers: { origin },
  });
  expect(answer.status(), username).toBe(200);
  return page;
}

async function choose(page: Page, control: Locator, ...texts: string[]): Promise<void> {
  await control.click();
  for (const text of texts) {
    await page.locator(OPTIONS).filter({ hasText: exactly(text) }).first().click();
  }
  await close(page);
}

/** Nothing lies over the bar: not what was said of the last act, nor the skip link in focus. */
async function atRest(page: Page): Promise<void> {
  await expect(page.locator(".ant-message-notice")).toHaveCount(0);
  await page.locator(":focus").evaluateAll((all) => {
    all.forEach((one) => { if (one instanceof HTMLElement) one.blur(); });
  });
}

/** Leaves the field whose list is open; Escape would close a dialog around it too. */
async function close(page: Page): Promise<void> {
  await page.keyboard.press("Tab");
  await expect(page.locator(OPTIONS)).toHaveCount(0);
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

const all = scenarios();
const picked = codes === undefined
  ? some(all, count, seed)
  : all.filter((scenario) => codes.includes(scenario.code));

for (const scenario of picked) {
  test(`${scenario.code} ${scenario.name}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const look = await enter(browser, "linlan");
    const process = await look.request.get(`/api/processes/${scenario.code}`);
    const { form } = await process.json() as { form: FormSchema };
    await new Tour(browser, look, scenario, form).play();
  });
}

// What comes after the decision, by real forms alone: an event from application to accepted report and from an unaccepted one to
// paying back, and an investment from its gate to requisition and final report. Each new page is looked at by axe-core, wide and narrow.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { hands } from "./hands.mjs";
import { faultsOf, logIn, moveClock, openTown } from "./town.mjs";

const JUDO = "Exempelstads Judoklubb";
let town, folder, paper;
const people = new Map();
before(async () => {
  town = await openTown();
  folder = mkdtempSync(join(tmpdir(), "bifall-reports-"));
  paper = join(folder, "papper.pdf");
  writeFileSync(paper, "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
});
after(async () => {
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody at her own window; logged in once. */
async function as(name) {
  if (!people.has(name)) {
    const page = await town.window();
    await logIn(page, name);
    people.set(name, hands(page));
  }
  return people.get(name);
}

async function clock(to) {
  const page = await town.window();
  await moveClock(page, to);
  await page.context().close();
}

/** The page is without faults at both widths. */
async function clean(person, what) {
  for (const width of [1280, 320]) {
    await person.page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await faultsOf(person.page), [], `${what}, ${width} px`);
  }
  await person.page.setViewportSize({ width: 1280, height: 900 });
}

/** Looks again until it is there, as one does while the service works. */
async function until(person, path, what) {
  for (let looks = 0; looks < 100; looks += 1) {
    await person.open(path);
    if (await what.count()) return;
    await person.page.waitForTimeout(200);
  }
  assert.fail(`${path} never shows ${what}`);
}

/** Rows of a table of costs and incomes. */
async function budget(person, field, rows) {
  for (const [at, [kind, text, amount]] of rows.entries()) {
    const row = (part) => person.page.locator(`[name="${field}.${at}.${part}"]`);
    const kinds = row("kind");
    if (await kinds.count() && (await kinds.first().evaluate((element) => element.tagName)) === "SELECT") await kinds.first().selectOption({ label: kind });
    await row("text").fill(text);
    await row("amount").fill(amount);
  }
}

async function sign(person) {
  await person.follow("Kontrollera och skriv under");
  await person.follow("Fortsätt till underskrift");
  await person.tick(/^Jag, .*, försäkrar detta/);
  await person.press("Skriv under och lämna in");
}

/** The address of an association's case, as an officer finds it. */
async function caseOf(person, club, grant) {
  const row = person.page.locator("main tbody tr").filter({ hasText: club }).filter({ hasText: grant });
  await until(person, "/arenden?handlaggare=alla&att_gora=alla", row);
  return row.getByRole("link").first().getAttribute("href");
}

/** Does the case's task: every line ticked, the button pressed. */
async function review(person, path, button, amount) {
  const form = person.page.locator('main form[action*="/uppgift/"]');
  await until(person, path, form);
  for (const box of await form.first().locator("input[type=checkbox]").all()) await box.check();
  if (amount) await form.first().locator('[name="belopp"]').fill(amount);
  const words = form.first().locator("textarea[name=kommentar]");
  if (await words.count()) await words.fill("Det stämmer med underlagen.");
  await person.press(button, form.first());
}

/** Decides the association's case and nothing else, and lets the time to undo pass. */
async function decide(person, club, round) {
  const row = person.page.locator("main tbody tr").filter({ hasText: club });
  await until(person, `/beslut?omgang=${round}`, row);
  for (const box of await person.page.locator('main input[name="arende"]').all()) {
    await box.setChecked((await box.getAttribute("aria-label")).includes(club));
  }
  await person.tick("Jag har gått igenom de valda ärendena och beslutar i vart och ett av dem.");
  await person.press("Besluta i valda ärenden");
  await clock("+31");
}

/** Both attests by their persons and the bank's file; answers what the file pays the association, in kronor. */
async function pay(club) {
  for (const [name, list, button] of [
    ["Bo Nyberg", "/utbetalningar", "Ge granskningsattest till valda"],
    ["Cecilia Frank", "/utbetalningar?visa=attestera", "Ge beslutsattest till valda"],
  ]) {
    const attester = await as(name);
    await attester.open(list);
    const boxes = await attester.page.locator("main tbody tr").filter({ hasText: club }).getByRole("checkbox").all();
    for (const box of boxes) await box.check();
    if (boxes.length) await attester.press(button);
  }
  const cecilia = await as("Cecilia Frank");
  await until(cecilia, "/utbetalningar?visa=klart", cecilia.page.locator("main tbody tr").filter({ hasText: club }));
  await cecilia.press("Gör filer");
  const saved = await (await cecilia.page.request.get(await cecilia.page.getByRole("link", { name: /^UTB-.*\.xml$/ }).first().getAttribute("href"))).text();
  return saved.split("<CdtTrfTxInf>").filter((part) => part.includes(club)).map((part) => part.match(/<InstdAmt Ccy="SEK">([\d.]+)</)[1]);
}

async function account(club) {
  const david = await as("David Ström");
  await david.open("/foreningar");
  await david.follow(club);
  if (await david.page.getByRole("button", { name: "Bekräfta kontot" }).count()) await david.press("Bekräfta kontot");
}

test("an event: applied for, assessed, decided, and half of it paid in advance", async () => {
  const kenneth = await as("Kenneth Söder");
  await kenneth.open("/ansok/arrangemangsbidrag/2026");
  await kenneth.press("Börja ansökan");
  await kenneth.follow("Arrangemanget");
  await kenneth.fill("Beskriv arrangemanget", "Judogala med prova på för alla.");
  await kenneth.fill("Vilken dag börjar arrangemanget?", "2026-11-07");
  await kenneth.tick("Ja");
  await kenneth.press("Spara och fortsätt");
  await budget(kenneth, "kalkyl", [["Kostnad", "Hall och mattor", "40 000"]]);
  await kenneth.fill("Hur mycket söker ni?", "20 000");
  await kenneth.tick("Vi intygar att uppgifterna är riktiga.");
  await kenneth.press("Spara och fortsätt");
  await sign(kenneth);
  const anna = await as("Anna Lindqvist");
  await review(anna, await caseOf(anna, JUDO, "Arrangemangsbidrag"), /.*/, "20 000");
  await decide(anna, JUDO, "arrangemangsbidrag/2026");
  await account(JUDO);
  assert.deepEqual(await pay(JUDO), ["10000.00"], "half of 20 000 in advance");
});

test("the association is told what to report, and reports in the same wizard", async () => {
  await clock("2026-11-20");
  const kenneth = await as("Kenneth Söder");
  await kenneth.open("/mina-sidor");
  assert.match(await kenneth.text(), /Redovisning av arrangemangsbidrag[\s\S]*senast 7 januari 2027/);
  await clean(kenneth, "my pages with something to report");
  await kenneth.follow("Redovisning av arrangemangsbidrag");
  await clean(kenneth, "before the report");
  await kenneth.press("Börja redovisa");
  await kenneth.follow("Så gick det");
  await kenneth.fill("Hur gick arrangemanget?", "Hundra barn provade på.");
  await kenneth.tick("Ja");
  await kenneth.press("Spara och fortsätt");
  await kenneth.press("Spara och fortsätt");
  assert.match(await kenneth.page.locator(".ds-error-summary").innerText(), /Kostnader och intäkter/);
  await budget(kenneth, "utfall", [["Kostnad", "Hall och mattor", "36 000"]]);
  await kenneth.tick("Vi intygar att uppgifterna är riktiga.");
  await kenneth.press("Spara och fortsätt");
  await sign(kenneth);
  assert.match(await kenneth.text(), /Redovisningen är inlämnad/);
});

test("an officer reviews the report, it is decided, and what is left is paid", async () => {
  const anna = await as("Anna Lindqvist");
  await anna.open("/redovisningar");
  assert.match(await anna.text(), /Att granska[\s\S]*Exempelstads Judoklubb/);
  await clean(anna, "the list of reports");
  const path = await caseOf(anna, JUDO, "Redovisning av arrangemangsbidrag");
  await anna.open(path);
  // Half of 36 000 is 18 000: 10 000 is paid, 8 000 is left.
  assert.match(await anna.text(), /Bidrag efter redovisning\s+18.000.kr\s+Kvar att betala ut\s+8.000.kr/);
  await clean(anna, "a report to review");
  await review(anna, path, "Klar, räkna av bidraget");
  await decide(anna, JUDO, "arrangemangsbidrag-redovisning/2026");
  const kenneth = await as("Kenneth Söder");
  await kenneth.open("/mina-sidor");
  await kenneth.follow("Redovisning av arrangemangsbidrag", kenneth.page.locator("main .case-list"));
  await until(kenneth, kenneth.page.url(), kenneth.page.locator("main").getByRole("link", { name: "Beslutsbrev" }));
  await clean(kenneth, "a settled report");
  await kenneth.follow("Beslutsbrev");
  assert.match(await kenneth.text(), /sätter ner bidraget till Exempelstads Judoklubb från 20.000.kr till 18.000.kr/);
  assert.deepEqual(await pay(JUDO), ["8000.00"]);
});

test("a late report that gives less than was paid is claimed back after a hearing, and paid by a plan", async () => {
  const [anna, helena] = [await as("Anna Lindqvist"), await as("Helena Borg")];
  await anna.open("/redovisningar");
  const late = anna.page.locator("main tbody tr").filter({ hasText: "Unga Kören" }).filter({ hasText: "arrangemangsbidrag" });
  assert.match(await late.innerText(), /Försenad/);
  await anna.follow("Kräv tillbaka", late);
  await clean(anna, "before claiming back");
  await anna.press("Öppna ärendet");
  assert.match(await anna.page.locator(".ds-error-summary").innerText(), /Skriv varför/);
  // She reminds instead, and the report comes.
  await anna.open("/redovisningar");
  await anna.press("Påminn valda");
  assert.match(await anna.page.locator(".ds-error-summary").innerText(), /Välj minst en/);
  await late.getByRole("checkbox").check();
  await anna.press("Påminn valda");
  assert.doesNotMatch(await late.innerText(), /–\s*$/);
  await helena.open("/mina-sidor");
  assert.match(await helena.text(), /Försenad/);
  await helena.follow("Redovisning av arrangemangsbidrag");
  await helena.press("Börja redovisa");
  await helena.follow("Så gick det");
  await helena.fill("Hur gick arrangemanget?", "Musikerna fick förhinder, så kvällen blev enklare.");
  await helena.tick("Ja");
  await helena.press("Spara och fortsätt");
  await budget(helena, "utfall", [["Kostnad", "Lokal", "3 000"]]);
  await helena.tick("Vi intygar att uppgifterna är riktiga.");
  await helena.press("Spara och fortsätt");
  await sign(helena);
  // Half of 3 000 is 1 500; 4 000 is paid.
  const path = await caseOf(anna, "Unga Kören", "Redovisning av arrangemangsbidrag");
  await review(anna, path, "Klar, räkna av bidraget");
  const asked = helena.page.locator("main li").filter({ hasText: "Redovisning av arrangemangsbidrag" }).filter({ hasText: /yttra|svar/i });
  await until(helena, "/mina-sidor", asked);
  await helena.follow(/.*/, asked.first());
  assert.match(await helena.text(), /2.500.kr/);
  await helena.page.locator("#text").fill("Vi kan betala tillbaka i två delar.");
  await helena.press(/Skicka/);
  await review(anna, path, "Klar, skriv förslag till beslut");
  await decide(anna, "Unga Kören", "arrangemangsbidrag-redovisning/2026");
  await until(anna, "/redovisningar/aterkrav", anna.page.locator("main tbody tr").filter({ hasText: "Unga Kören" }));
  assert.match(await anna.text(), /2.500.kr/);
  await clean(anna, "the claims");
  await anna.follow("Dela upp betalningen");
  await anna.fill("Antal delar", "tre");
  await anna.press("Föreslå delar");
  assert.match(await anna.page.locator(".ds-error-summary").innerText(), /1 till 36/);
  await anna.fill("Antal delar", "2");
  await anna.press("Föreslå delar");
  await clean(anna, "a plan");
  await anna.page.locator("#belopp-1").fill("1 000");
  await anna.press("Fastställ planen");
  assert.match(await anna.page.locator(".ds-error-summary").innerText(), /Delarna blir 2.250.kr, men 2.500.kr är kvar/);
  assert.equal(await anna.page.locator("#belopp-1").inputValue(), "1 000", "what was typed is kept");
  await anna.page.locator("#belopp-1").fill("1 250");
  await anna.press("Fastställ planen");
  assert.match(await anna.text(), /Planen som gäller[\s\S]*1.250.kr[\s\S]*1.250.kr/);
  await clean(anna, "a claim with a plan");
});

test("an investment passes its gate, its costs are tried, and the committee decides", async () => {
  const [kenneth, anna] = [await as("Kenneth Söder"), await as("Anna Lindqvist")];
  await kenneth.open("/ansok/investeringsbidrag/2026");
  await kenneth.press("Börja ansökan");
  await kenneth.follow("Vad ni vill göra");
  await kenneth.fill("Beskriv investeringen", "Ett eget judogolv i klubbens lokal.");
  await kenneth.fill("När vill ni börja?", "2027-01-11");
  await kenneth.tick("Vi äger den");
  await kenneth.press("Spara och fortsätt");
  await kenneth.tick("Nej");
  await kenneth.press("Spara och fortsätt");
  await budget(kenneth, "kalkyl", [["Kostnad", "Golv", "200 000"]]);
  await kenneth.fill("Hur mycket söker ni?", "100 000");
  await kenneth.tick("Vi intygar att uppgifterna är riktiga.");
  await kenneth.press("Spara och fortsätt");
  await sign(kenneth);
  const path = await caseOf(anna, JUDO, "Investeringsbidrag");
  await review(anna, path, "Gå vidare till steg 2", "100 000");
  await until(anna, path, anna.page.getByRole("link", { name: "Öppna bedömningen" }));
  await anna.follow("Öppna bedömningen");
  for (const box of await anna.page.locator("main form input[type=checkbox]").all()) await box.check();
  await anna.page.locator("#belopp").fill("100 000");
  await anna.fill(/Villkor för bidraget/, "Golvet ska få användas av skolan på dagtid.");
  for (const area of await anna.page.locator("main form textarea").all()) if (!(await area.inputValue())) await area.fill("Rimligt och väl underbyggt.");
  await clean(anna, "the second stage");
  await anna.press("Lämna in bedömningen");
  await until(anna, path, anna.page.locator("main").getByText("Klar för nämnden").first());
  await anna.open("/namnd");
  await anna.page.locator("#sammantradesdag").fill("2026-12-10");
  await anna.press("Planera ett sammanträde");
  await anna.page.locator("main tr, main li").filter({ hasText: JUDO }).getByRole("checkbox").first().check();
  await anna.press("Sätt upp på listan");
  const agenda = new URL(anna.page.url()).pathname;
  await clock("2026-12-11");
  await anna.open(agenda);
  await anna.page.locator("#paragraf").fill("§ 112");
  await anna.press("Skriv in besluten");
  await clock("+31");
  await kenneth.open("/mina-sidor");
  await until(kenneth, "/mina-sidor", kenneth.page.locator("main li").filter({ hasText: "Rekvisition av investeringsbidrag" }));
});

/** Makes a requisition with one invoice. */
async function requisition(person, supplier) {
  await person.open("/mina-sidor");
  await person.follow("Rekvisition av investeringsbidrag");
  await person.press("Börja rekvirera");
  await person.follow("Fakturorna");
  await person.fill("Leverantör", supplier);
  await person.fill("Fakturanummer", "1001");
  await person.fill("Fakturadatum", "2026-12-08");
  await person.fill("Belopp", "180 000");
  await person.attach(person.page.locator('input[type=file][name="fil.underlag"]'), paper);
  await person.press("Ladda upp");
  await person.tick(/Vi intygar att fakturorna är betalda/);
  await person.press("Spara och fortsätt");
  await sign(person);
}

test("a requisition of other invoices is sent back with the reason", async () => {
  const [kenneth, anna] = [await as("Kenneth Söder"), await as("Anna Lindqvist")];
  await requisition(kenneth, "Mattor AB");
  const path = await caseOf(anna, JUDO, "Rekvisition av investeringsbidrag");
  const form = anna.page.locator('main form[action*="/uppgift/"]').first();
  await until(anna, path, form);
  for (const box of await form.locator("input[type=checkbox]").all()) await box.check();
  await anna.press(/^Skicka tillbaka/, form);
  assert.match(await anna.page.locator(".ds-error-summary").innerText(), /Skriv varför rekvisitionen skickas tillbaka/);
  await form.locator("textarea[name=skal]").fill("Fakturan gäller mattor, inte golvet.");
  await anna.press(/^Skicka tillbaka/, form);
  await kenneth.open("/mina-sidor");
  const mine = kenneth.page.locator("main .case-list li").filter({ hasText: "Rekvisition av investeringsbidrag" });
  assert.match(await mine.innerText(), /Skickad tillbaka/);
  await kenneth.follow("Rekvisition av investeringsbidrag", mine);
  assert.match(await kenneth.text(), /kunde inte godkännas[\s\S]*Fakturan gäller mattor, inte golvet\./);
  await clean(kenneth, "a requisition that was sent back");
});

test("its requisition lets 90 percent go and its final report the rest", async () => {
  const [kenneth, anna] = [await as("Kenneth Söder"), await as("Anna Lindqvist")];
  await requisition(kenneth, "Golv AB");
  await review(anna, await caseOf(anna, JUDO, "Rekvisition av investeringsbidrag"), "Godkänn, så betalas delen ut");
  await until(anna, "/utbetalningar", anna.page.locator("main tbody tr").filter({ hasText: JUDO }));
  assert.deepEqual(await pay(JUDO), ["90000.00"], "90 percent of 100 000");
  await kenneth.open("/mina-sidor");
  await kenneth.follow("Slutredovisning av investeringsbidrag");
  await kenneth.press("Börja redovisa");
  await kenneth.follow("Så gick det");
  await kenneth.fill("Vad byggdes eller rustades?", "Ett judogolv på 120 kvadratmeter.");
  for (const question of ["Är investeringen klar?", "Behövdes bygglov?"]) {
    await kenneth.tick(question.startsWith("Är") ? "Ja" : "Nej", kenneth.page.locator("main .question").filter({ hasText: question }));
  }
  await kenneth.press("Spara och fortsätt");
  await budget(kenneth, "utfall", [["Kostnad", "Golv", "204 000"]]);
  await kenneth.tick("Vi intygar att uppgifterna är riktiga.");
  await kenneth.press("Spara och fortsätt");
  await sign(kenneth);
  await review(anna, await caseOf(anna, JUDO, "Slutredovisning av investeringsbidrag"), "Klar, räkna av bidraget");
  await decide(anna, JUDO, "investeringsbidrag-redovisning/2026");
  await until(anna, "/utbetalningar", anna.page.locator("main tbody tr").filter({ hasText: JUDO }));
  assert.deepEqual(await pay(JUDO), ["10000.00"], "the last tenth");
});

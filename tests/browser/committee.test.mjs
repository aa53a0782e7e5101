// Projects for the committee: one from its application to its accepted report, among the demonstration's own, by everybody who has
// a hand in it: assessed, weighed together, ranked, prepared by the working committee, decided, reported, settled. Real forms, no
// shortcuts; each page looked at by axe-core, wide and narrow.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOf, logIn, moveClock, openTown } from "./town.mjs";

const ROUND = "/namnd/rangordning/projektbidrag-kultur/2026-HOST";
let town, page;
before(async () => { town = await openTown(); page = await town.window(); });
after(() => town?.close());

const press = async (name) => {
  await page.getByRole("button", { name, exact: true }).first().click();
  await page.waitForLoadState();
};

/** The page is without faults at both widths. */
async function clean(what) {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await faultsOf(page), [], `${what}, ${width} px`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Opens the sheet of an applicant's project. */
async function openSheet(applicant) {
  await page.goto("/arenden?bidrag=projektbidrag-kultur&handlaggare=alla");
  await page.locator("main tr, main li").filter({ hasText: applicant }).getByRole("link").first().click();
  await page.getByRole("link", { name: "Öppna bedömningen" }).first().click();
  await page.waitForLoadState();
}

/** Fills in the levels of a sheet, the reasons where they are asked for, and the amount. */
async function fillSheet(levels, amount, why) {
  for (const [scale, level] of Object.entries(levels)) {
    await page.locator(`#niva_${scale}-${level}`).check();
    if (why) await page.locator(`#skal_${scale}`).fill(why);
  }
  await page.locator("#belopp").fill(amount);
  await page.locator("#kommentar").fill("Ett projekt som behövs.");
}

/** Chooses an answer, whether it is a list or buttons. */
async function choose(name, option) {
  const list = page.locator(`select[name="${name}"]`);
  if (await list.count()) await list.selectOption({ label: option });
  else await page.locator(`fieldset:has(input[name="${name}"])`).getByLabel(option, { exact: true }).check();
}

/** Writes in what is due on the page, and follows the wizard to the signature. */
async function sign() {
  await page.locator('input[type=checkbox][name="intygar"]').check();
  await press("Spara och fortsätt");
  await page.getByRole("link", { name: "Kontrollera och skriv under" }).click();
  await page.getByRole("link", { name: "Fortsätt till underskrift" }).click();
  await page.getByLabel(/^Jag, .*, försäkrar detta/).check();
  await press("Skriv under och lämna in");
}

test("an association applies for a project, an officer checks it, two assess it and a third weighs", async () => {
  await logIn(page, "Kenneth Söder");
  await page.goto("/ansok/projektbidrag-kultur/2026-HOST");
  await press("Börja ansökan");
  await page.getByRole("link", { name: "Projektet" }).click();
  await page.getByLabel("Vad heter projektet?").fill("Judo och dans");
  await choose("konstform", "Dans");
  await choose("stadsdel", "Söder");
  await page.getByLabel("Beskriv projektet").fill("Ungdomarna gör en föreställning av judons rörelser.");
  await page.getByLabel("Hur är barn och unga delaktiga?").fill("De skriver, dansar och leder själva.");
  await page.getByLabel("När börjar projektet?").fill("2026-10-05");
  await choose("i_kommunen", "Ja");
  await press("Spara och fortsätt");
  await page.locator('[name="kalkyl.0.text"]').fill("Koreograf och scen");
  await page.locator('[name="kalkyl.0.amount"]').fill("40 000");
  await page.getByLabel("Hur mycket söker ni?").fill("20 000");
  await sign();
  assert.match(await page.locator("main").innerText(), /Ansökan är inlämnad/);

  await logIn(page, "Anna Lindqvist");
  const row = page.locator("main tbody tr").filter({ hasText: "Judoklubb" }).getByRole("link").first();
  for (let looks = 0; looks < 50 && !(await row.count()); looks += 1) await page.goto("/arenden?bidrag=projektbidrag-kultur&handlaggare=alla");
  await row.click();
  await page.waitForLoadState();
  const path = new URL(page.url()).pathname;
  const form = page.locator('main form[action*="/uppgift/"]');
  for (let looks = 0; looks < 50 && !(await form.count()); looks += 1) await page.goto(path);
  for (const box of await form.first().locator("input[type=checkbox]").all()) await box.check();
  await form.first().getByRole("button").first().click();
  await page.waitForLoadState();
  for (const name of ["Anna Lindqvist", "Margareta Holm"]) {
    await logIn(page, name);
    await openSheet("Judoklubb");
    await fillSheet({ kvalitet: 3, delaktighet: 3, genomforbarhet: 3 }, "20 000", "De unga gör det själva.");
    await press("Lämna in bedömningen");
  }
  await logIn(page, "Farid Karimi");
  await openSheet("Judoklubb");
  await page.locator("#kommentar").fill("De är överens.");
  await press("Lämna in bedömningen");
});

test("an assessor fills in her sheet, saves it half way and hands it in", async () => {
  await logIn(page, "Margareta Holm");
  await openSheet("Unga Kören");
  assert.match(await page.locator("main").innerText(), /Ni är 3 som bedömer/);
  assert.doesNotMatch(await page.locator("main").innerText(), /riktar sig mest till vuxna/, "Anna's judgement is not shown");
  await clean("an empty sheet");
  await press("Lämna in bedömningen");
  assert.equal(await page.locator(".ds-error-summary li").count(), 4, "three levels and the amount");
  await clean("a sheet with errors");
  await page.locator("#niva_kvalitet-2").check();
  await page.locator("#belopp").fill("20 000");
  await press("Spara och fortsätt senare");
  assert.match(await page.locator("main").innerText(), /Inte inlämnat ännu/);
  await openSheet("Unga Kören");
  assert.ok(await page.locator("#niva_kvalitet-2").isChecked());
  await fillSheet({ kvalitet: 2, delaktighet: 2, genomforbarhet: 3 }, "20 000", "Det framgår av planen.");
  await press("Lämna in bedömningen");
  assert.match(await page.locator("main").innerText(), /riktar sig mest till vuxna/, "now she sees Anna's");
  await clean("the case");
});

test("an expert from outside says that she has no conflict of interest, reads and scores", async () => {
  await logIn(page, "Ylva Sandberg");
  assert.equal(new URL(page.url()).pathname, "/sakkunnig");
  await clean("an expert's list");
  await page.locator("main li a").click();
  assert.doesNotMatch(await page.locator("main").innerText(), /Körfest/);
  await press("Lämna svaret");
  await clean("the question of conflicts, unanswered");
  await page.getByLabel("Jag har inget med sökanden eller projektet att göra").check();
  await press("Lämna svaret");
  assert.match(await page.locator("main").innerText(), /Körfest i december/);
  assert.doesNotMatch(await page.locator("main").innerText(), /riktar sig mest till vuxna|bankgiro/i);
  await clean("an expert's sheet");
  for (const [scale, level] of Object.entries({ kvalitet: 2, delaktighet: 2, genomforbarhet: 3 })) {
    await page.locator(`#niva_${scale}-${level}`).check();
    await page.locator(`#skal_${scale}`).fill("Det framgår av planen.");
  }
  await press("Lämna in bedömningen");
  assert.match(await page.locator("main").innerText(), /Tack! Den räknas tillsammans med de andras/);
  await clean("an expert who is done");
});

test("somebody weighs the assessments together", async () => {
  await logIn(page, "Farid Karimi");
  await openSheet("Unga Kören");
  await page.locator("#kommentar").fill("De är överens.");
  await press("Lämna in bedömningen");
  await openSheet("Kulturföreningen Fontänen");
  assert.match(await page.locator("main").innerText(), /Bedömarna är oense/);
  await fillSheet({ kvalitet: 2, delaktighet: 2 }, "30 000", "Vi talade om det.");
  await clean("weighing together");
  await press("Lämna in bedömningen");
});

test("the round is ranked by one and settled by another", async () => {
  await page.goto(ROUND);
  assert.match(await page.locator("main").innerText(), /5 ansökningar om 236.000.kr/);
  // 20 000 + 90 000 + 50 000 of 170 000 leave 10 000.
  await page.locator("#budget").fill("170000");
  await page.locator("#andel").fill("hälften");
  await press("Visa hur det blir");
  assert.match(await page.locator(".ds-error-summary").innerText(), /Skriv hela procent/);
  assert.equal(await page.locator("#andel").inputValue(), "hälften");
  await page.locator("#andel").fill("");
  await press("Visa hur det blir");
  const rows = await page.locator("table.list tbody tr").allInnerTexts();
  assert.match(rows[0], /Judoklubb[\s\S]*20.000.kr[\s\S]*Hela beloppet/);
  assert.match(rows[1], /Rampljuset[\s\S]*90.000.kr[\s\S]*Hela beloppet/);
  assert.match(rows.join("\n"), /Här tar budgeten slut/);
  await clean("the ranking");
  await press("Föreslå rangordningen");
  assert.match(await page.locator("main").innerText(), /Förslag 1: Farid Karimi föreslog/);
  assert.equal(await page.getByRole("button", { name: "Fastställ rangordningen" }).count(), 0, "not by oneself");
  await logIn(page, "Anna Lindqvist");
  await page.goto(ROUND);
  await clean("a ranking to be settled");
  await press("Fastställ rangordningen");
  assert.match(await page.locator("main").innerText(), /Anna Lindqvist fastställde/);
});

test("the working committee prepares the cases and proposes", async () => {
  // The service carries the cases on: their proposals are written.
  await moveClock(page, "2026-08-24");
  await page.goto("/namnd");
  await page.locator("#sammantrade_namnd").selectOption({ label: "Kultur- och fritidsnämnden: Arbetsutskottet" });
  await page.locator("#sammantradesdag").fill("2026-08-27");
  await press("Planera ett sammanträde");
  assert.match(await page.locator("h1").innerText(), /Arbetsutskottet 27 augusti 2026: ärenden/);
  await press("Sätt upp på listan");
  await moveClock(page, "2026-08-28");
  await page.goto("/namnd");
  await clean("meetings");
  await page.locator("main tr").filter({ hasText: "Arbetsutskottet" }).getByRole("link").click();
  await page.waitForLoadState();
  await page.locator("#paragraf").fill("§ 31");
  await press("Skriv in protokollet");
  assert.match(await page.locator("main").innerText(), /Nämnden beslutar sedan/);
  assert.equal(await page.locator("main li.sheet").filter({ hasText: "Föreslår detsamma" }).count(), 5);
  await clean("what the working committee proposes");
});

test("a meeting is planned and the memo written", async () => {
  await page.goto("/namnd");
  await page.locator("#sammantradesdag").fill("2026-09-10");
  await page.locator("#stopp").fill("2026-09-11");
  await press("Planera ett sammanträde");
  assert.match(await page.locator(".ds-error-summary").innerText(), /Stoppdagen kan inte ligga efter/);
  await page.locator("#stopp").fill("2026-09-01");
  await press("Planera ett sammanträde");
  assert.equal(await page.locator("input[name=arende]").count(), 5);
  assert.match(await page.locator("main").innerText(), /Arbetsutskottet 27 augusti 2026, § 31: föreslår detsamma/);
  await clean("cases that wait for the committee");
  await press("Sätt upp på listan");
  await page.getByRole("link", { name: "Tjänsteskrivelse: Projektbidrag kultur" }).click();
  await page.waitForLoadState();
  assert.match(await page.locator("main").innerText(), /saknar text under ”Barnets bästa”/);
  await clean("a memo without its own texts");
  await page.getByLabel("Barnets bästa").fill("Barn och unga är med och bestämmer i de projekt som föreslås.");
  await page.getByLabel("Jämställdhet").fill("Flickor och pojkar deltar i lika mån.");
  await press("Spara texterna");
  assert.match(await page.locator("main").innerText(), /beviljar 4 ansökningar om projektbidrag kultur sammanlagt 170.000.kr/);
  assert.match(await page.locator("main").innerText(), /Arbetsutskottet har berett ärendena 27 augusti 2026/);
  await clean("the memo");
  for (const [form, begins] of [["pdf", "%PDF"], ["docx", "PK"], ["html", "<!doctype html>"]]) {
    const file = await page.request.get(`${new URL(page.url()).pathname}/${form}`);
    assert.equal(file.status(), 200);
    assert.ok((await file.body()).toString("latin1").toLowerCase().startsWith(begins.toLowerCase()), form);
  }
});

test("the meeting's papers are made in the background and fetched in one file", async () => {
  await page.goto("/namnd");
  await page.locator("main tr").filter({ hasText: "10 september" }).locator('a[href$="/arenden"]').click();
  await page.waitForLoadState();
  await page.getByLabel("En för varje ärende").check();
  await press("Gör handlingarna");
  assert.match(await page.locator("#handlingar").innerText(), /av 11 dokument|Klara/);
  await clean("papers being made");
  // The box follows by itself.
  const file = page.getByRole("link", { name: "Hämta handlingarna (zip)" });
  await file.waitFor({ timeout: 60_000 });
  await clean("papers that are made");
  const packed = await page.request.get(await file.getAttribute("href"));
  assert.equal(packed.status(), 200);
  const bytes = (await packed.body()).toString("latin1");
  assert.ok(bytes.startsWith("PK") && bytes.includes("tjansteskrivelser/005-kfn-2026-"), "a memo for each of the five cases");
});

test("the minutes are written in, each case its own decision", async () => {
  await moveClock(page, "2026-09-11");
  await page.goto("/namnd");
  await page.locator("main tr").filter({ hasText: "10 september" }).locator('a[href$="/arenden"]').click();
  await page.waitForLoadState();
  await clean("the agenda after the meeting");
  await page.locator("select[name^=beslut_]").nth(1).selectOption("changed");
  await page.locator("input[name^=belopp_]").nth(1).fill("45 000");
  await page.locator("#paragraf").fill("§ 88");
  await press("Skriv in besluten");
  assert.match(await page.locator(".ds-error-summary").innerText(), /Skriv skälen, som de står i protokollet/);
  await clean("minutes with an error");
  // The others are written in; what was typed of this one is kept.
  assert.equal(await page.locator("select[name^=beslut_]").count(), 1);
  assert.equal(await page.locator("input[name^=belopp_]").inputValue(), "45 000");
  await page.locator("[name^=skal_]").fill("Nämnden vill nå fler.");
  await page.locator("#paragraf").fill("§ 88");
  await press("Skriv in besluten");
  assert.equal(await page.locator("select[name^=beslut_]").count(), 0);
  await clean("the minutes written in");
  await page.locator("main ol").getByRole("link", { name: "Dansföreningen Stegen" }).click();
  await page.waitForLoadState();
  const text = await page.locator("main").innerText();
  assert.match(text, /Nämnden 10 september 2026, § 88: annat belopp\. Nämnden vill nå fler\./);
  assert.match(text, /45.000.kr/);
  await clean("a case that the committee decided");
});

test("a project is reported when it is over, and the accepted report settles it", async () => {
  await moveClock(page, "2027-01-20");
  await logIn(page, "Kenneth Söder");
  const duty = page.locator("main li").filter({ hasText: "Redovisning av projektbidrag kultur" });
  for (let looks = 0; looks < 50 && !(await duty.count()); looks += 1) await page.goto("/mina-sidor");
  assert.match(await duty.innerText(), /senast 1 mars 2027/);
  await duty.getByRole("link").click();
  await page.waitForLoadState();
  await press("Börja redovisa");
  await page.getByRole("link", { name: "Så gick det" }).click();
  await page.getByLabel("Hur gick projektet?").fill("Ungdomarna skrev och dansade sin egen föreställning.");
  await page.getByLabel("Ja", { exact: true }).first().check();
  await press("Spara och fortsätt");
  await page.locator('[name="utfall.0.text"]').fill("Koreograf och scen");
  await page.locator('[name="utfall.0.amount"]').fill("39 000");
  await sign();
  await logIn(page, "Anna Lindqvist");
  const come = page.locator("main tbody tr").filter({ hasText: "Judoklubb" }).getByRole("link", { name: /Granska/ });
  for (let looks = 0; looks < 50 && !(await come.count()); looks += 1) await page.goto("/redovisningar");
  await come.click();
  await page.waitForLoadState();
  const path = new URL(page.url()).pathname;
  const form = page.locator('main form[action*="/uppgift/"]');
  for (let looks = 0; looks < 50 && !(await form.count()); looks += 1) await page.goto(path);
  for (const box of await form.locator("input[type=checkbox]").all()) await box.check();
  await press("Klar, räkna av bidraget");
  const row = page.locator("main tbody tr").filter({ hasText: "Judoklubb" });
  for (let looks = 0; looks < 50 && !(await row.count()); looks += 1) await page.goto("/beslut?omgang=projektbidrag-kultur-redovisning/2026-HOST");
  await page.getByLabel("Jag har gått igenom de valda ärendena och beslutar i vart och ett av dem.").check();
  await press("Besluta i valda ärenden");
  await moveClock(page, "+31");
  for (let looks = 0; looks < 50; looks += 1) {
    await page.goto(path);
    if (/Avslutad/.test(await page.locator("main").innerText())) break;
  }
  assert.match(await page.locator("main").innerText(), /Bidrag efter redovisning\s+20.000.kr/);
  await clean("a settled project");
});

// Projects for the committee: the last assessments, the ranking, the agenda with its memo, the minutes, the letter; each page
// looked at by axe-core, wide and narrow. The demonstration's own cases, real forms, no shortcuts.
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
  await page.getByRole("link", { name: "Öppna bedömningen" }).click();
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
  assert.match(await page.locator("main").innerText(), /4 ansökningar om 216.000.kr/);
  // 90 000 + 50 000 of 170 000 leave 30 000: the third gets 20 000 or 30 000, by its points.
  await page.locator("#budget").fill("150000");
  await page.locator("#andel").fill("hälften");
  await press("Visa hur det blir");
  assert.match(await page.locator(".ds-error-summary").innerText(), /Skriv ett tal/);
  assert.equal(await page.locator("#andel").inputValue(), "hälften");
  await page.locator("#andel").fill("");
  await press("Visa hur det blir");
  const rows = await page.locator("table.list tbody tr").allInnerTexts();
  assert.match(rows[0], /Rampljuset[\s\S]*90.000.kr[\s\S]*Hela beloppet/);
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

test("a meeting is planned and the memo written", async () => {
  // The service carries the cases on: their proposals are written.
  await moveClock(page, "2026-08-24");
  await page.goto("/namnd");
  await page.locator("#sammantradesdag").fill("2026-09-10");
  await page.locator("#stopp").fill("2026-09-11");
  await press("Planera ett sammanträde");
  assert.match(await page.locator(".ds-error-summary").innerText(), /Stoppdagen kan inte ligga efter/);
  await page.locator("#stopp").fill("2026-09-01");
  await press("Planera ett sammanträde");
  assert.equal(await page.locator("input[name=arende]").count(), 4);
  await clean("cases that wait for the committee");
  await press("Sätt upp på listan");
  await page.getByRole("link", { name: "Tjänsteskrivelse: Projektbidrag kultur" }).click();
  await page.waitForLoadState();
  assert.match(await page.locator("main").innerText(), /saknar text under ”Barnets bästa”/);
  await clean("a memo without its own texts");
  await page.getByLabel("Barnets bästa").fill("Barn och unga är med och bestämmer i de projekt som föreslås.");
  await page.getByLabel("Jämställdhet").fill("Flickor och pojkar deltar i lika mån.");
  await press("Spara texterna");
  assert.match(await page.locator("main").innerText(), /beviljar 3 ansökningar om projektbidrag kultur sammanlagt 150.000.kr/);
  await clean("the memo");
  for (const [form, begins] of [["pdf", "%PDF"], ["docx", "PK"], ["html", "<!doctype html>"]]) {
    const file = await page.request.get(`${new URL(page.url()).pathname}/${form}`);
    assert.equal(file.status(), 200);
    assert.ok((await file.body()).toString("latin1").toLowerCase().startsWith(begins.toLowerCase()), form);
  }
});

test("the minutes are written in, each case its own decision", async () => {
  await moveClock(page, "2026-09-11");
  await page.goto("/namnd");
  await page.locator('main a[href$="/arenden"]').first().click();
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
  await logIn(page, "Agneta Sundin");
  const duty = page.locator("main li").filter({ hasText: "Redovisning av projektbidrag kultur" });
  for (let looks = 0; looks < 50 && !(await duty.count()); looks += 1) await page.goto("/mina-sidor");
  assert.match(await duty.innerText(), /senast 1 mars 2027/);
  await duty.getByRole("link").click();
  await page.waitForLoadState();
  await press("Börja redovisa");
  await page.getByRole("link", { name: "Så gick det" }).click();
  await page.getByLabel("Hur gick projektet?").fill("Ungdomarna skrev och spelade sin egen pjäs.");
  await page.getByLabel("Ja", { exact: true }).first().check();
  await press("Spara och fortsätt");
  await page.locator('[name="utfall.0.text"]').fill("Regissör och scen");
  await page.locator('[name="utfall.0.amount"]').fill("118 000");
  await page.locator('input[type=checkbox][name="intygar"]').check();
  await press("Spara och fortsätt");
  await page.getByRole("link", { name: "Kontrollera och skriv under" }).click();
  await page.getByRole("link", { name: "Fortsätt till underskrift" }).click();
  await page.getByLabel(/^Jag, .*, försäkrar detta/).check();
  await press("Skriv under och lämna in");
  await logIn(page, "Anna Lindqvist");
  const come = page.locator("main tbody tr").filter({ hasText: "Rampljuset" }).getByRole("link", { name: /Granska/ });
  for (let looks = 0; looks < 50 && !(await come.count()); looks += 1) await page.goto("/redovisningar");
  await come.click();
  await page.waitForLoadState();
  const path = new URL(page.url()).pathname;
  const form = page.locator('main form[action*="/uppgift/"]');
  for (let looks = 0; looks < 50 && !(await form.count()); looks += 1) await page.goto(path);
  for (const box of await form.locator("input[type=checkbox]").all()) await box.check();
  await press("Klar, räkna av bidraget");
  const row = page.locator("main tbody tr").filter({ hasText: "Rampljuset" });
  for (let looks = 0; looks < 50 && !(await row.count()); looks += 1) await page.goto("/beslut?omgang=projektbidrag-kultur-redovisning/2026-HOST");
  await page.getByLabel("Jag har gått igenom de valda ärendena och beslutar i vart och ett av dem.").check();
  await press("Besluta i valda ärenden");
  await moveClock(page, "+31");
  for (let looks = 0; looks < 50; looks += 1) {
    await page.goto(path);
    if (/Avslutad/.test(await page.locator("main").innerText())) break;
  }
  assert.match(await page.locator("main").innerText(), /Bidrag efter redovisning\s+90.000.kr/);
  await clean("a settled project");
});

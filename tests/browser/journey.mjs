// The whole way of an activity grant, by real forms alone: from a new association to the money on its account.
// The amount is held against the independent calculation of the very file that was sent.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hands } from "./hands.mjs";
import { logIn, moveClock } from "./town.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const club = "Tallbackens IK";
const number = "802999-9201";

/** Walks it in a town of its own. `mode` is how its people work; `options` are of their browser windows. */
export async function walk(t, town, mode, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), "bifall-journey-"));
  const people = [];
  const open = async (name, association) => {
    const page = await town.window(options);
    await logIn(page, name, association);
    const person = hands(page, mode);
    people.push(person);
    return person;
  };
  /** The town's own clock is no part of the service: it is moved by mouse. */
  const clock = async (to) => {
    const page = await town.window();
    await moveClock(page, to);
    await page.context().close();
  };
  const attendance = attendanceOf(folder, number, "8801");
  const expected = reckoned(attendance.path);
  const paper = join(folder, "papper.pdf");
  writeFileSync(paper, "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
  const scripts = options.javaScriptEnabled !== false;
  /** One leg of the way. Where it stops, what each person sees is told, and nothing after it is tried. */
  let broken = false;
  const leg = (name, work) => t.test(name, { skip: broken }, async (inner) => {
    try {
      await work();
    } catch (fault) {
      broken = true;
      for (const person of people) inner.diagnostic(`${person.page.url()}\n${await person.text().catch(() => "")}`);
      throw fault;
    }
  });

  try {
    await leg("the office registers an association and its first signatory", async () => {
      const david = await open("David Ström");
      await david.open("/foreningar");
      await david.unfold("Registrera en förening");
      const form = david.page.locator('form[method=post][action="/foreningar"]');
      await david.fill("Organisationsnummer", number, form);
      await david.fill("Namn", club, form);
      await david.fill("Bildad", "1999-05-01", form);
      await david.fill("Nummer i närvarosystem", "8801", form);
      await david.fill("Första firmatecknarens namn", "Elsa Lund", form);
      await david.fill(/e-post/, "elsa.lund@tallbacken.example", form);
      await david.press("Registrera", form);
      assert.match(await david.text(), /Tallbackens IK/);
    });
    const elsa = await open("Elsa Lund");
    await leg("she adds the account and a second signatory", async () => {
      await elsa.open("/forening");
      await elsa.unfold("Byt konto");
      const account = elsa.page.locator('form[action="/forening/konto"]');
      await elsa.choose("Slag av konto", "Bankgiro", account);
      await elsa.fill("Nummer", "5012-3470", account);
      await elsa.press("Byt konto", account);
      await elsa.follow("Ändra vem som får göra vad");
      const person = elsa.page.locator('form[action="/forening/personer"]');
      await elsa.fill("Namn", "Omar Nilsson", person);
      await elsa.fill("E-post", "omar.nilsson@tallbacken.example", person);
      await elsa.choose("Personen får", "Skriver under", person);
      await elsa.press("Lägg till en person", person);
      assert.match(await elsa.text(), /Omar Nilsson/);
    });
    await leg("the finder leads her to the approval, which she fills in and signs", async () => {
      await elsa.open("/");
      await elsa.follow("Vilka bidrag kan vi söka?");
      assert.match(await elsa.text(), /Ni kan inte söka än/);
      await elsa.follow(/Ansök.*Godkänd förening/s);
      await elsa.press("Börja ansökan");
      await elsa.follow("Medlemmar");
      const row = elsa.page.locator("main fieldset").first();
      await elsa.fill("Födelseår", "2012", row);
      await elsa.choose("Kön", "Flickor och kvinnor", row);
      await elsa.fill("Antal", "64", row);
      await elsa.tick("Bor i kommunen", row);
      await elsa.fill("Årsavgift för en medlem", "150");
      await elsa.fill("Hur många aktiviteter", "40");
      await elsa.press("Spara och fortsätt");
      await elsa.fill("Ordförandens namn", "Omar Nilsson");
      await elsa.fill("Kassörens namn", "Elsa Lund");
      await elsa.fill("Hur många ingår i styrelsen?", "5");
      await elsa.press("Spara och fortsätt");
      await elsa.fill("När slutade ert senaste verksamhetsår?", "2025-12-31");
      for (const name of ["stadgar", "arsmotesprotokoll", "verksamhetsberattelse", "ekonomisk_berattelse", "revisionsberattelse"]) {
        const field = elsa.page.locator(`main input[type=file][name="fil.${name}"]`);
        const group = elsa.page.locator("main .question").filter({ has: elsa.page.locator(`[name="fil.${name}"]`) });
        if (await group.getByLabel("Vi laddar upp en fil").count()) await elsa.tick("Vi laddar upp en fil", group);
        await elsa.attach(field, paper);
        await elsa.press("Ladda upp", group);
      }
      await elsa.tick("Ja", elsa.page.locator("main fieldset").filter({ hasText: "Kronofogden" }));
      await elsa.tick("Vi intygar att uppgifterna är riktiga.");
      await elsa.press("Spara och fortsätt");
      await sign(elsa);
      assert.match(await elsa.text(), /Ansökan är inlämnad|inkommen/i);
    });
    let [omar, anna] = [];
    await leg("the second signatory signs too, and an officer grants the approval", async () => {
      omar = await open("Omar Nilsson");
      await cosign(omar);
      anna = await open("Anna Lindqvist");
      await anna.open(await caseOf(anna, "Godkänd förening"));
      for (const box of await anna.page.locator('main form[action*="/uppgift/"] input[type=checkbox]').all()) {
        await anna.tick(await box.evaluate((element) => element.labels[0].innerText), anna.page.locator('main form[action*="/uppgift/"]'));
      }
      await anna.press("Spara uppgiften");
      await decide(anna, "Godkänd förening");
      await clock("+31");
    });
    await leg("her attendance comes in by file, and a clash is answered by both", async () => {
      await elsa.open("/narvaro/2026-H1");
      await elsa.attach(elsa.page.locator("main input[type=file]"), attendance.path);
      await elsa.press("Skicka filen");
      assert.match(await elsa.text(), /Hela filen är inläst/);
      await elsa.open("/narvaro/2026-H1/krockar");
      const mats = await open("Mats Nyström");
      await mats.open("/narvaro/2026-H1/krockar");
      await answer(elsa, true);
      await answer(mats, false);
    });
    await leg("she applies, and sees the amount before she signs", async () => {
      await elsa.open("/");
      await elsa.follow("Vilka bidrag kan vi söka?");
      await elsa.follow(/Ansök.*Aktivitetsstöd/s);
      await elsa.press("Börja ansökan");
      await elsa.follow("Närvaron");
      await elsa.tick("Vi har kontrollerat närvaron och den stämmer");
      await elsa.press("Spara och fortsätt");
      await elsa.tick("Ja", elsa.page.locator("main .question").filter({ hasText: "bytt lokal" }));
      // Without scripts the question that hangs on this answer comes when it is saved.
      if (!scripts) await elsa.press("Spara och fortsätt");
      await elsa.tick("Vi skickar den senare");
      await elsa.press("Spara och fortsätt");
      await elsa.tick(/Vi intygar att uppgifterna är riktiga/);
      await elsa.press("Spara och fortsätt");
      says(await elsa.text(), expected);
      await sign(elsa);
      await cosign(omar);
    });
    await leg("the officer asks for the lease, and it is sent", async () => {
      await anna.open(await caseOf(anna, "Aktivitetsstöd"));
      await anna.unfold("Begär komplettering");
      await anna.fill("Vad saknas?", "Hyreskontraktet för den nya lokalen.");
      await anna.press("Skicka begäran");
      await elsa.open("/mina-sidor");
      await elsa.follow("Komplettera ansökan");
      await elsa.press("Öppna kompletteringen");
      await elsa.follow("Verksamheten");
      const lease = elsa.page.locator("main .question").filter({ hasText: "Hyreskontrakt" });
      await elsa.tick("Vi laddar upp en fil", lease);
      await elsa.attach(lease.locator("input[type=file]"), paper);
      await elsa.press("Ladda upp", lease);
      await elsa.press("Spara och gå till listan");
      await elsa.follow("Skicka kompletteringen");
      await elsa.press("Skicka kompletteringen");
      assert.match(await elsa.text(), /Svaret är skickat/);
    });
    await leg("the officer reviews what came and the period is closed", async () => {
      const file = await caseOf(anna, "Aktivitetsstöd");
      const tasks = anna.page.locator('main form[action*="/uppgift/"]');
      await until(anna, file, tasks.filter({ hasText: "Granska ansökan" }));
      for (const task of ["Granska ansökan"]) {
        const form = tasks.filter({ hasText: task });
        if ((await form.count()) === 0) continue;
        for (const box of await form.locator("input[type=checkbox]").all()) await anna.toggle(box);
        await anna.press("Spara uppgiften", form);
      }
      await clock("2026-08-26");
      const david = await open("David Ström");
      const row = david.page.locator("main tbody tr").filter({ hasText: "Aktivitetsstöd" });
      await until(david, "/perioder", row);
      await david.follow(/Stäng perioden/, row);
      await david.press("Stäng perioden nu");
      await until(david, "/perioder", row.filter({ hasText: "Stängd" }));
    });
    await leg("the delegate decides, and the letter tells the amount", async () => {
      await decide(anna, "Aktivitetsstöd");
      await clock("+31");
      const mine = elsa.page.locator("main li, main tr").filter({ hasText: "Aktivitetsstöd" }).filter({ hasText: "Beviljad" });
      await until(elsa, "/mina-sidor", mine);
      await elsa.follow(/Aktivitetsstöd/, mine.first());
      says(await elsa.text(), expected);
      await elsa.follow("Beslutsbrev");
      says(await elsa.text(), expected);
    });
    await leg("the account is confirmed, two persons attest, and the bank's file holds the amount", async () => {
      const david = await open("David Ström");
      await david.open("/foreningar");
      await david.follow(club);
      await david.press("Bekräfta kontot");
      for (const [name, button] of [["Bo Nyberg", "Ge granskningsattest till valda"], ["Cecilia Frank", "Ge beslutsattest till valda"]]) {
        const attester = await open(name);
        const row = attester.page.locator("main tbody tr").filter({ hasText: club });
        await until(attester, name === "Bo Nyberg" ? "/utbetalningar" : "/utbetalningar?visa=attestera", row);
        const box = row.getByRole("checkbox");
        if (!(await box.isChecked())) await attester.toggle(box);
        await attester.press(button);
      }
      const cecilia = people.at(-1);
      await until(cecilia, "/utbetalningar?visa=klart", cecilia.page.locator("main tbody tr").filter({ hasText: club }));
      await cecilia.press("Gör filer");
      // The file is fetched as the browser would: a link that saves.
      const link = cecilia.page.getByRole("link", { name: /^UTB-.*\.xml$/ });
      const saved = await (await cecilia.page.request.get(await link.getAttribute("href"))).text();
      assert.match(saved, /pain\.001\.001\.03/);
      const payment = saved.split("<CdtTrfTxInf>").find((part) => part.includes(club));
      assert.match(payment, new RegExp(`<InstdAmt Ccy="SEK">${(expected / 100).toFixed(2)}</InstdAmt>`));
      assert.match(payment, /50123470/);
    });
    await leg("the bank has paid, and the association sees it", async () => {
      const cecilia = people.at(-1);
      for (const outcome of ["Mottagen av banken", "Utbetald"]) {
        const row = cecilia.page.locator("main tbody tr").filter({ hasText: club });
        await cecilia.unfold("Ange vad som har hänt", row);
        await cecilia.tick(outcome, row);
        await cecilia.press("Ange vad som har hänt", row);
        await until(cecilia, "/utbetalningar?visa=skickat", row);
        assert.match(await row.innerText(), new RegExp(outcome));
      }
      await elsa.open("/mina-sidor");
      await elsa.follow(/Aktivitetsstöd/);
      says(await elsa.text(), expected);
      assert.match(await elsa.text(), /Banken har betalat ut/);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Signs the draft whose last part has been filled in. */
async function sign(person) {
  await person.follow("Kontrollera och skriv under");
  await person.follow("Fortsätt till underskrift");
  await person.tick(/^Jag, .*, försäkrar detta/);
  await person.press("Skriv under och lämna in");
}

/** Signs what somebody else has signed first. */
async function cosign(person) {
  await person.open("/mina-sidor");
  await person.follow("Skriv under ansökan");
  await person.tick("Jag försäkrar detta för föreningen");
  await person.press("Skriv under");
}

/** The address of the club's case of a grant, as an officer finds it. */
async function caseOf(person, grant) {
  await person.open("/arenden?handlaggare=alla&att_gora=alla");
  const row = person.page.locator("main tbody tr").filter({ hasText: club }).filter({ hasText: grant });
  return row.getByRole("link").first().getAttribute("href");
}

/** Grants the club's application of a grant among those that can be decided, and nothing else. */
async function decide(person, grant) {
  const row = person.page.locator("main tbody tr").filter({ hasText: club });
  await until(person, "/beslut", row);
  const other = person.page.locator('main input[name="arende"]');
  for (const box of await other.all()) {
    const name = await box.getAttribute("aria-label");
    const wanted = name.includes(club);
    if ((await box.isChecked()) !== wanted) await person.toggle(box);
  }
  assert.match(await row.innerText(), /Bifall|Godkänd/, grant);
  await person.tick("Jag har gått igenom de valda ärendena och beslutar i vart och ett av dem.");
  await person.press("Besluta i valda ärenden");
}

/** Says of every clash whether the registration is right. */
async function answer(person, ours) {
  const open = person.page.locator("main li").filter({ hasText: "Obesvarad" });
  const questions = await open.count();
  assert.ok(questions > 0, "nothing to answer");
  // One answer for all that concern the same person.
  if (questions > 1) await person.tick(`Svara lika på alla ${questions} obesvarade frågor om ${await open.first().locator("h2").innerText()}`, open.first());
  await person.press(ours ? "Vår registrering stämmer" : "Räkna inte vår", open.first());
  assert.equal(await open.count(), 0);
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

/**
 * The small sample as an association sends it: the people have other birthdays than in Sjövallen, whose file it also is, but
 * one of them is a scout there too.
 */
export function attendanceOf(folder, number, external) {
  const sample = readFileSync(join(root, "tests/fixtures/attendance/dak22_skojjt-v1_small.xml"), "utf8");
  const present = [...sample.matchAll(/<Deltagare id="(\d+)">\s*<Handikapp>\w+<\/Handikapp>\s*<Naervarande>true/g)].map((found) => found[1]);
  const times = (id) => present.filter((other) => other === id).length;
  const shared = [...new Set(present)].sort((one, other) => times(one) - times(other))[0];
  assert.ok(shared, "somebody takes part");
  const xml = sample
    .replace('foereningsID="4711"', `foereningsID="${external}"`)
    .replace('organisationsnummer="802999-9904"', `organisationsnummer="${number}"`)
    .replace(/(<(?:Deltagare|Ledare) id="(\d+)">\s*<Foernamn>[^<]*<\/Foernamn>\s*<Efternamn>[^<]*<\/Efternamn>\s*<Personnummer>)(\d{12})/g,
      (whole, before, id, digits) => (id === shared ? whole : before + born(digits)));
  writeFileSync(join(folder, "narvaro.xml"), xml);
  return { path: join(folder, "narvaro.xml"), clashes: times(shared) };
}

/** What the independent calculation makes of a file, in öre. */
function reckoned(path) {
  const said = JSON.parse(execFileSync("python3", ["-B", join(root, "tests/independent/aktivitetsstod.py"), "--json", path], { encoding: "utf8" }));
  return said.total_ore;
}

/** A page tells an amount of whole kronor, whatever space it groups them by. */
function says(text, ore) {
  const kronor = String(ore / 100).replace(/\B(?=(\d{3})+$)/g, " ");
  assert.ok(text.replace(/[\s\u00a0\u202f]+/g, " ").includes(`${kronor} kr`), `not told: ${kronor} kr`);
}

/** A number of the same test series, year and sex, born another day. */
function born(digits) {
  const day = (Number(digits.slice(6, 8)) % 28) + 1;
  const nine = `${digits.slice(2, 6)}${String(day).padStart(2, "0")}${digits.slice(8, 11)}`;
  const sum = [...nine].reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${digits.slice(0, 2)}${nine}${(10 - (sum % 10)) % 10}`;
}

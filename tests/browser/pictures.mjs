// Takes the pictures of docs/pictures: node tests/browser/pictures.mjs (the debug build must be there).
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { attendanceOf } from "./journey.mjs";
import { logIn, moveClock, openTown } from "./town.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = join(root, "docs/pictures");
const scratch = mkdtempSync(join(tmpdir(), "bifall-pictures-"));
mkdirSync(folder, { recursive: true });
const town = await openTown();

async function window(name, association, options = {}) {
  const page = await town.window({ viewport: { width: 1280, height: 900 }, ...options });
  if (name) await logIn(page, name, association);
  return page;
}

/** The whole page, without the demonstration's own bar. */
async function take(page, name, path) {
  if (path) await page.goto(path);
  await page.locator(".demo").evaluateAll((bars) => bars.forEach((bar) => bar.remove()));
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Looks again until it is there, as one does while the service works. */
async function until(page, path, what) {
  for (let looks = 0; looks < 100; looks += 1) {
    await page.goto(path);
    if (await page.locator(what).count()) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`${path} never shows ${what}`);
}

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 };
const anybody = await window();
await take(anybody, "01-start", "/");
await take(anybody, "02-bidrag", "/bidrag/aktivitetsstod");
await take(await window("Anders Hellberg", undefined, phone), "03-vilka-bidrag-telefon", "/vilka-bidrag");

// An application on its way: attendance in, the amount beside it.
const anders = await window("Anders Hellberg");
const file = attendanceOf(scratch, "802999-9193", "nyastigen").path;
await anders.goto("/narvaro/2026-H1");
await anders.locator("main input[type=file]").setInputFiles(file);
await anders.getByRole("button", { name: "Skicka filen" }).click();
await anders.waitForURL(/\/fil\//);
await take(anders, "04-narvaro", "/narvaro/2026-H1");
await anders.goto("/ansok/aktivitetsstod/2026-H1");
await anders.getByRole("button", { name: "Börja ansökan" }).click();
await anders.waitForURL(/\/utkast\//);
await take(anders, "05-ansokan");
const draft = new URL(anders.url()).pathname;
await take(await window("Gudrun Månsson", undefined, { ...phone, colorScheme: "dark" }), "06-ansokan-telefon-morkt", draft);
await take(anders, "07-ansokan-del", `${draft}/del/verksamhet`);

const anna = await window("Anna Lindqvist");
await take(anna, "08-arenden", "/arenden");
await anna.locator("main tbody a").first().click();
await anna.waitForLoadState();
await take(anna, "09-arende");

// The round is over: everything is decided in one sitting, attested and paid.
const clock = await window();
await moveClock(clock, "2026-08-26");
const david = await window("David Ström");
await david.goto("/perioder");
await david.getByRole("link", { name: /Stäng perioden/ }).first().click();
await david.getByRole("button", { name: "Stäng perioden nu" }).click();
await until(anna, "/beslut", "main tbody tr:nth-child(14)");
await take(anna, "10-beslut");
await anna.getByLabel("Jag har gått igenom de valda ärendena och beslutar i vart och ett av dem.").check();
await anna.getByRole("button", { name: "Besluta i valda ärenden" }).click();
await anna.waitForLoadState();
await moveClock(clock, "+31");
const bo = await window("Bo Nyberg");
await until(bo, "/utbetalningar?visa=granska", "main tbody tr:nth-child(10)");
await take(bo, "11-utbetalning");
await take(anna, "12-statistik", "/statistik");

await town.close();
rmSync(scratch, { recursive: true, force: true });

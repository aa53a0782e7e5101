import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const base = "http://127.0.0.1:8512";
const out = "/tmp/wt/attend-shots/";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
async function as(name, association) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "sv-SE", baseURL: base });
  const page = await context.newPage();
  page.on("console", (m) => m.type() === "error" && console.log("console:", m.text()));
  page.on("pageerror", (e) => console.log("pageerror:", e.message));
  await page.goto("/logga-in");
  await page.locator("main form").filter({ has: page.locator(`strong:text-is("${name}")`) }).locator("button").first().click();
  await page.waitForLoadState();
  return page;
}
let n = 0;
async function shot(page, name) {
  for (const [w, scheme] of [[1280, "light"], [320, "light"], [1280, "dark"], [320, "dark"]]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: w, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) console.log(name, w, "OVERFLOW", wide);
    await page.addScriptTag({ content: axe }).catch(async () => { await page.evaluate(axe); });
    const r = await page.evaluate((rules) => axe.run(document, { runOnly: { type: "tag", values: rules } }).then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((x) => x.html.slice(0, 120)).slice(0, 2).join(" | "))), rules);
    if (r.length) console.log(name, w, scheme, r);
    await page.screenshot({ path: `${out}${name}-${w}-${scheme}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}
export { as, shot, browser, base };

// Opens every page that the test `web::pages` has written to target/look/ in Chromium, with the headers the
// service sends: axe-core in light and dark at 320 and 1280 px, no horizontal overflow at 320 px (WCAG 1.4.10),
// no content-policy violations, no errors; screenshots and A4 prints are left in target/look/pictures.
//
// cargo test --test it web::pages && npm --prefix tests/browser test
// LOOK=case,decide opens only these, in Swedish.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const look = join(dirname(fileURLToPath(import.meta.url)), "../../target/look");
const pictures = join(look, "pictures");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

const index = join(look, "index.json");
assert.ok(existsSync(index), "write the pages first: cargo test --test it web::pages");
const { pages, headers } = JSON.parse(readFileSync(index, "utf8"));
const chosen = process.env.LOOK?.split(",");
const names = (chosen ?? pages).flatMap((name) => (chosen ? [`${name}-sv`] : [`${name}-sv`, `${name}-en`]));

let browser, server, origin;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  server = createServer(serve).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const width of [320, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const name of names) {
      test(`${name}, ${width} px, ${colorScheme}`, () => inspect(name, width, colorScheme));
    }
  }
}

test("the sum of a batch follows the ticks", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${origin}/decide-sv`);
  assert.equal(await page.locator("#bunt-summa").textContent(), "198\u202f431\u00a0kr");
  for (const tick of await page.locator("input[name=arende]:not(:checked)").all()) await tick.check();
  assert.equal(await page.locator("#bunt-summa").textContent(), "229\u202f671\u00a0kr");
  assert.equal(await page.locator("#bunt-antal").textContent(), "7 ärenden");
  for (const tick of (await page.locator("input[name=arende]").all()).slice(1)) await tick.uncheck();
  assert.equal(await page.locator("#bunt-antal").textContent(), "1 ärende");
  await page.close();
});

async function inspect(name, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: "sv-SE" });
  try {
    const page = await context.newPage();
    const faults = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${origin}/${name}`, { waitUntil: "networkidle" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) faults.push(`${overflow} px wider than the window`);
    // The content policy binds the page; axe is put in by the debugger, which it does not bind.
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), rules);
    for (const { id, nodes } of violations) faults.push(`${id}: ${nodes.map((node) => node.target).join(" | ")}`);
    if (name.endsWith("-sv")) {
      await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      if (width === 1280 && colorScheme === "light") await page.pdf({ path: join(pictures, `${name}.pdf`), preferCSSPageSize: true });
    }
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

function serve(request, response) {
  const path = new URL(request.url, "http://localhost").pathname;
  const file = join(look, path.startsWith("/assets/") ? path : `${path}.html`);
  if (!existsSync(file)) return response.writeHead(404).end();
  const { "content-length": _, "content-type": __, ...kept } = headers;
  response.writeHead(200, { ...kept, "content-type": types[extname(file)] }).end(readFileSync(file));
}

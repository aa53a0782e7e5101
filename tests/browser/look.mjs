// Opens every page that the test `web::pages` has written to target/look/ in Chromium, with the headers the
// service sends: axe-core in light and dark at 320 and 1280 px, no horizontal overflow at 320 px (WCAG 1.4.10),
// no content-policy violations, no errors, focusable targets of 24 px (WCAG 2.5.8); screenshots and A4 prints
// are left in target/look/ to be looked at.
//
// Run: cargo test --test it web::pages && node tests/browser/look.mjs [page ...]
import { createServer } from "node:http";
import { mkdirSync, readFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const look = join(dirname(fileURLToPath(import.meta.url)), "../../target/look");
const { pages, headers } = JSON.parse(readFileSync(join(look, "index.json")));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  const file = path.startsWith("/assets/") ? join(look, path) : join(look, `${path.slice(1)}.html`);
  if (!existsSync(file)) return response.writeHead(404).end();
  const { "content-length": _, "content-type": __, ...kept } = headers;
  response.writeHead(200, { ...kept, "content-type": types[extname(file)] }).end(readFileSync(file));
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const origin = `http://127.0.0.1:${server.address().port}`;

const chosen = process.argv.slice(2);
const names = (chosen.length ? chosen : pages).flatMap((name) => [`${name}-sv`, ...(chosen.length ? [] : [`${name}-en`])]);
const pictures = join(look, "pictures");
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const faults = [];
let opened = 0;

for (const width of [320, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    // The content policy holds for the page; axe is put in by the debugger, which it does not bind.
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: "sv-SE" });
    for (const name of names) {
      const page = await context.newPage();
      const place = `${name} ${width} ${colorScheme}`;
      page.on("console", (message) => message.type() === "error" && faults.push(`${place}: ${message.text()}`));
      page.on("pageerror", (error) => faults.push(`${place}: ${error.message}`));
      await page.goto(`${origin}/${name}`, { waitUntil: "networkidle" });
      opened += 1;
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) faults.push(`${place}: ${overflow} px wider than the window`);
      await page.evaluate(axe);
      const result = await page.evaluate((tags) => axe.run({ runOnly: tags }), rules);
      for (const violation of result.violations) {
        faults.push(`${place}: ${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
      }
      if (name.endsWith("-sv")) {
        await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        if (width === 1280 && colorScheme === "light") await page.pdf({ path: join(pictures, `${name}.pdf`), preferCSSPageSize: true });
      }
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
server.close();
for (const fault of faults) console.error(fault);
console.log(`${opened} openings of ${names.length} pages, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);

// The demonstration as a visitor meets it: the real program on a database of its own, real Chromium, real forms.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/bifall");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Starts a seeded town and a browser; `close()` ends both. */
export async function openTown() {
  const data = mkdtempSync(join(tmpdir(), "bifall-browser-"));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(program, ["--data", data, "demo", "--listen", origin.slice(7)], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  const said = [];
  server.stderr.on("data", (text) => said.push(String(text)));
  await new Promise((ready, failed) => {
    server.stderr.on("data", (text) => String(text).includes("http://") && ready());
    server.once("exit", (code) => failed(new Error(`the demonstration stopped with ${code}: ${said.join("")}`)));
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  return {
    origin,
    data,
    /** What the program has written to its log so far. */
    log: () => said.join(""),
    /** A window of somebody who has not logged in; `faults` collects what the browser complains of. */
    async window(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "sv-SE", baseURL: origin, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const faults = [];
      page.on("console", (message) => message.type() === "error" && !/status of (4|5)\d\d/.test(message.text()) && faults.push(message.text()));
      page.on("pageerror", (error) => faults.push(error.message));
      return Object.assign(page, { faults });
    },
    async close() {
      await browser.close();
      const gone = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await gone;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Logs in as a person of the demonstration; she acts for `association` where she may act for several. */
export async function logIn(page, name, association) {
  await page.goto("/logga-in");
  await page.locator("main form").filter({ has: page.locator(`strong:text-is("${name}")`) }).locator("button").click();
  await page.waitForLoadState();
  if (association) {
    await page.goto("/foretrad");
    await page.getByRole("button", { name: association }).click();
    await page.waitForLoadState();
  }
}

/** Moves the town's clock to a date, eight in the morning, or by minutes as `+31`. */
export async function moveClock(page, to) {
  await page.goto("/");
  await page.locator(".demo summary").first().click();
  if (to.startsWith("+")) {
    await page.locator(`.demo button[value="${to}"]`).click();
  } else {
    await page.locator("#demo-date").fill(to);
    await page.locator("#demo-date + button").click();
  }
  await page.waitForLoadState();
}

/** What is wrong with the page as it stands: axe-core, overflow, complaints of the browser. */
export async function faultsOf(page) {
  const found = page.faults.splice(0);
  // A window that was just made narrower is laid out with the next frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) found.push(`${overflow} px wider than the window`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), rules);
  for (const { id, nodes } of violations) found.push(`${id}: ${nodes.map((node) => node.target).slice(0, 4).join(" | ")}`);
  return found;
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

// Every page that a person of the demonstration can reach by links, as each kind of person: axe-core in light and dark
// at 320 and 1280 px, no horizontal overflow (WCAG 1.4.10), no content-policy violations, no dead links.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOf, logIn, openTown } from "./town.mjs";

/** Who goes through the pages; a page that a person before her has seen in the same form is not looked at twice. */
const persons = [
  ["anybody", null],
  ["signatory", "Hassan Yildiz"],
  ["helper", "Mirja Ahonen", "Sjövallens Scoutkår"],
  ["officer", "Anna Lindqvist"],
  ["reviewer", "Bo Nyberg"],
  ["attester", "Cecilia Frank"],
  ["administrator", "David Ström"],
  ["auditor", "Eva Sandin"],
];
/** How many pages of one form (`/arenden/…`) are looked at for each person. */
const most = 1;
let town;
before(async () => { town = await openTown(); });
after(() => town?.close());

const seen = new Map();
for (const [who, name, association] of persons) {
  test(`pages of the ${who}`, async (t) => {
    const page = await town.window();
    if (name) await logIn(page, name, association);
    const home = name ? new URL(page.url()).pathname : "/";
    const queue = [home, "/"];
    const known = new Set(queue);
    while (queue.length > 0) {
      const path = queue.shift();
      const shape = `${name ? who : "anybody"} ${shapeOf(path)}`;
      if ((seen.get(shape) ?? 0) >= most) continue;
      seen.set(shape, (seen.get(shape) ?? 0) + 1);
      // What is a file to download is no page.
      const asked = await page.request.get(path);
      const status = asked.status();
      if (!(asked.headers()["content-type"] ?? "").startsWith("text/html") || asked.headers()["content-disposition"]) continue;
      await page.goto(path);
      const links = await page.locator("a[href^='/']").evaluateAll((all) => all.map((link) => link.getAttribute("href").split("#")[0]));
      for (const link of links) {
        if (!known.has(link) && !link.includes("lang=")) { known.add(link); queue.push(link); }
      }
      await t.test(`${path}`, async () => {
        assert.equal(status, 200, `${path} answers ${status}`);
        const faults = [];
        for (const [width, colorScheme] of [[320, "light"], [1280, "dark"]]) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          for (const fault of await faultsOf(page)) faults.push(`${width} px, ${colorScheme}: ${fault}`);
        }
        assert.deepEqual(faults, []);
      });
    }
    await page.context().close();
  });
}

/** An address without what differs from object to object. */
function shapeOf(path) {
  const [place, query] = path.split("?");
  const keys = [...new URLSearchParams(query ?? "").keys()].sort().join("&");
  return `${place.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…").replace(/\/20\d\d(-H[12])?/g, "/…")}?${keys}`;
}

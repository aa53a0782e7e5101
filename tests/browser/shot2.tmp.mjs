import { as, shot, browser } from "./shot.tmp.mjs";
const p = await as("Amira Kaya");
p.removeAllListeners("console");
await p.goto("/narvaro/2026-H2/kort"); await shot(p, "groups-empty");
if (!(await p.getByRole("link", { name: "Ungdom 2014" }).count())) {
await p.fill("#namn", "Ungdom 2014"); await p.fill("#aktivitet", "Judo"); await p.fill("#plats", "Dojon");
await p.getByRole("button", { name: "Lägg till gruppen" }).click(); await p.waitForLoadState(); } else { await p.getByRole("link", { name: "Ungdom 2014" }).click(); }
await shot(p, "card-empty");
function number(n, serial) { const b = `201401${String(n).padStart(2, "0")}${serial}`; let s = 0; [...b.slice(2)].forEach((d, i) => { const x = Number(d) * (i % 2 ? 1 : 2); s += Math.floor(x / 10) + x % 10; }); return b + (10 - s % 10) % 10; }
await p.fill("#personnummer", "123"); await p.getByRole("button", { name: "Lägg till personen" }).click(); await p.waitForLoadState();
await shot(p, "card-wrong");
for (const [i, name] of ["Ada Lund", "Bea Ström", "Cia Berg", "Disa Ek"].entries()) {
  if (!(await p.locator("#fornamn").isVisible())) await p.getByText("Lägg till en person").click();
  await p.fill("#fornamn", name.split(" ")[0]); await p.fill("#efternamn", name.split(" ")[1]); await p.fill("#personnummer", number(i + 1, 238));
  if (i === 0) await p.check("#roll-leader");
  await p.getByRole("button", { name: "Lägg till personen" }).click(); await p.waitForLoadState();
}
await p.getByRole("link", { name: "Ny sammankomst" }).click(); await p.waitForLoadState();
await p.fill("#datum", "2026-07-07"); await p.fill("#start", "18.00"); await p.fill("#slut", "19.30");
await p.getByRole("button", { name: "Spara" }).click(); await p.waitForLoadState(); await shot(p, "occasion-wrong");
for (const box of await p.locator("input[name=narvarande]").all()) await box.check();
await p.getByRole("button", { name: "Spara" }).click(); await p.waitForLoadState(); await shot(p, "card");
await p.getByRole("link", { name: "Ny sammankomst" }).click(); await p.waitForLoadState(); await shot(p, "occasion");
await p.getByRole("button", { name: "Spara" }).click(); await p.waitForLoadState();
await p.getByRole("link", { name: "Skriv ut" }).click(); await p.waitForLoadState(); await shot(p, "print");
await p.pdf({ path: "/tmp/wt/attend-shots/print.pdf", format: "A4", preferCSSPageSize: true });
await p.goto("/narvaro/2026-H2"); await shot(p, "half-hand");
await browser.close();

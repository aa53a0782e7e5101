import { as, shot, browser } from "./shot.tmp.mjs";
const p = await as("Per Sandgren");
await p.goto("/narvaro"); await shot(p, "home");
await p.goto("/narvaro/2026-H1"); await shot(p, "half");
await p.goto("/narvaro/2026-H1/rader/aktivitetsstod"); await shot(p, "rows");
await p.goto("/narvaro/2026-H2"); await shot(p, "half-empty");
await p.goto("/narvaro/2026-H1");
for (const f of ["personnummer_forms", "unknown_person_ref"]) {
  await p.goto("/narvaro/2026-H1");
  await p.setInputFiles("#fil", `/tmp/wt/attend/tests/fixtures/attendance/bad/${f}.xml`);
  await p.getByRole("button", { name: "Skicka filen" }).click();
  await p.waitForLoadState();
  console.log(p.url());
  await shot(p, "report-" + f);
}
await p.goto("/narvaro/2026-H1"); await shot(p, "half-left-out");
await p.setInputFiles("#fil", { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 x") });
await p.getByRole("button", { name: "Skicka filen" }).click();
await p.waitForLoadState(); await shot(p, "half-wrong");
const f = await as("Hassan Yildiz");
await f.goto("/narvaro/2026-H1"); await shot(f, "half-football");
await f.goto("/narvaro/2026-H1/krockar"); await shot(f, "clashes");
await browser.close();

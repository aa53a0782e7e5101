// Back and forward over a form that came back with its errors: what was typed is there, and the browser shows no error of its own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hands } from "./hands.mjs";
import { logIn, openTown } from "./town.mjs";

let town;
before(async () => { town = await openTown(); });
after(() => town?.close());

/** Back to another page and forward again, as the browser's own buttons do. */
async function backAndForward(page) {
  await page.goBack();
  assert.match(page.url(), /^http:\/\/127/, `back leads to ${page.url()}`);
  await page.goForward();
  assert.match(page.url(), /^http:\/\/127/, `forward leads to ${page.url()}`);
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  test(`a section of the wizard, ${how}`, async () => {
    const page = await town.window({ javaScriptEnabled });
    await logIn(page, "Hassan Yildiz");
    const hassan = hands(page);
    await hassan.open("/ansok/arrangemangsbidrag/2026");
    await page.locator('main form[method=post] button').first().click();
    await page.waitForLoadState();
    const draft = new URL(page.url()).pathname;
    await hassan.open(`${draft}/del/arrangemang`);
    await page.locator("#beskrivning").fill("Cup för alla under tolv.");
    await page.locator("main form#del .row button.btn:not([name])").first().click();
    // The answer on its way gets there first, and the form follows: the day is missing.
    await page.locator(".ds-error-summary").waitFor();
    await page.goto("/mina-sidor");
    await backAndForward(page);
    await page.goBack();
    assert.equal(await page.locator("#beskrivning").inputValue(), "Cup för alla under tolv.");
    assert.ok(await page.locator(".ds-error-summary").count(), "what is wrong is said again");
    assert.doesNotMatch(page.url(), /Cup/);
    await page.context().close();
  });

  test(`the association's own page, ${how}`, async () => {
    const page = await town.window({ javaScriptEnabled });
    await logIn(page, "Hassan Yildiz");
    await page.goto("/forening/personer");
    const form = page.locator('form[action="/forening/personer"]');
    await form.locator("[name=person]").fill("Siv Berg");
    await form.locator("[name=email]").fill("ingen-adress");
    await form.locator("button").click();
    await page.waitForLoadState();
    assert.ok(await page.locator(".ds-error-summary").count());
    await page.goto("/mina-sidor");
    await page.goBack();
    assert.equal(await page.locator("[name=email]").inputValue(), "ingen-adress");
    await backAndForward(page);
    assert.equal(await page.locator("[name=email]").inputValue(), "ingen-adress");
    // Put right and sent: what was wrong does not come back.
    await page.locator("[name=email]").fill("siv@forening.example");
    await page.locator('form[action="/forening/personer"] button').click();
    await page.waitForLoadState();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, "/forening/personer?kvitto=inbjuden");
    await page.goBack();
    assert.equal(await page.locator(".ds-error-summary").count(), 0);
    await page.context().close();
  });

  test(`a form sent after the log-in has ended, ${how}`, async () => {
    const page = await town.window({ javaScriptEnabled });
    await logIn(page, "Hassan Yildiz");
    await page.goto("/forening/personer");
    await page.locator('form[action="/forening/personer"] [name=person]').fill("Siv Berg");
    await page.context().clearCookies();
    await page.locator('form[action="/forening/personer"] button').click();
    await page.waitForLoadState();
    const kept = () => page.locator('input[name=person]').inputValue();
    assert.equal(await kept(), "Siv Berg");
    await page.goto("/");
    await page.goBack();
    assert.equal(await kept(), "Siv Berg");
    await page.context().close();
  });
}

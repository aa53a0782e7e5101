// How somebody works a page: with a mouse, or with the keyboard alone. Everything is found by what it says, as she finds it.
import assert from "node:assert/strict";

/** What `page` can be asked to do by a person who uses `mode`: "mouse" or "keyboard". */
export function hands(page, mode = "mouse") {
  const keyboard = mode === "keyboard";
  const at = (within) => within ?? page.locator("main");
  const settled = () => page.waitForLoadState("load");
  // Somebody listens from the first page on: listened for at each press alone, a busy machine presses before the
  // browser hands its dialogs over, and the dialog is lost.
  page.on("filechooser", () => {});

  /** Tabs from where the focus is until it stands on the element, once around the page at most. */
  async function reach(target) {
    for (let presses = 0; presses < 600; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`the keyboard does not come to ${target}`);
  }

  /** Presses what leads to another page, and waits until it is there. */
  async function leave(target) {
    const before = await page.evaluate(() => performance.timeOrigin);
    if (keyboard) {
      await reach(target);
      await page.keyboard.press("Enter");
    } else {
      await target.click();
    }
    // waitForFunction needs scripts of the page to run; asking again does not.
    for (let tries = 0; ; tries += 1) {
      const now = await page.evaluate(() => document.readyState === "complete" && performance.timeOrigin).catch(() => before);
      if (now && now !== before) break;
      assert.ok(tries < 400, `${target} leads nowhere from ${page.url()}`);
      await page.waitForTimeout(25);
    }
    await settled();
  }

  const named = (label, within) => at(within).getByLabel(label).locator("visible=true").first();

  return {
    page,
    /** What the page says. */
    text: () => page.locator("main").innerText(),
    /** Opens an address, as a bookmark would. */
    open: (path) => page.goto(path),
    /** Writes into the field with a label. */
    async fill(label, value, within) {
      const field = named(label, within);
      const date = (await field.getAttribute("type")) === "date";
      if (!keyboard) return field.fill(value);
      await reach(field);
      if (date) {
        // The browser's own language orders the parts of a date; typed as it shows them, or tried the other way.
        const [year, month, day] = value.split("-");
        for (const typed of [month + day + year, year + month + day]) {
          await page.keyboard.type(typed);
          if ((await field.inputValue()) === value) return;
          for (let part = 0; part < 3; part += 1) await page.keyboard.press("ArrowLeft");
        }
      } else {
        await page.keyboard.press("Control+A");
        await page.keyboard.type(value);
      }
      assert.equal(await field.inputValue(), value);
    },
    /** Chooses an option of the list with a label. */
    async choose(label, option, within) {
      const list = named(label, within);
      if (!keyboard) return list.selectOption({ label: option });
      await reach(list);
      await page.keyboard.type(option);
      assert.equal(await list.evaluate((element) => element.selectedOptions[0].label), option);
    },
    /** Ticks a box or a choice; of several choices the keyboard comes to one and goes on with arrows. */
    async tick(label, within) {
      const box = at(within).getByLabel(label, { exact: true }).first();
      if (!keyboard) return box.check();
      const name = await box.getAttribute("name");
      if ((await box.getAttribute("type")) === "radio") {
        const group = page.locator(`input[type=radio][name="${name}"]`);
        for (let presses = 0; presses < 600; presses += 1) {
          if (await group.evaluateAll((all) => all.includes(document.activeElement))) break;
          await page.keyboard.press("Tab");
        }
        await page.keyboard.press("Space");
        for (let steps = await group.count(); steps > 0 && !(await box.isChecked()); steps -= 1) await page.keyboard.press("ArrowDown");
      } else {
        await reach(box);
        if (!(await box.isChecked())) await page.keyboard.press("Space");
      }
      assert.ok(await box.isChecked(), `${label} is not ticked`);
    },
    /** Ticks or unticks a box that stands in a list. */
    async toggle(box) {
      const before = await box.isChecked();
      if (!keyboard) return box.setChecked(!before);
      await reach(box);
      await page.keyboard.press("Space");
      assert.notEqual(await box.isChecked(), before);
    },
    /** Opens what is folded away. */
    async unfold(name, within) {
      const summary = at(within).locator("summary").filter({ hasText: name }).first();
      if (!keyboard) return summary.click();
      await reach(summary);
      await page.keyboard.press("Enter");
    },
    /** Chooses a file. */
    async attach(field, file) {
      if (!keyboard) return field.setInputFiles(file);
      // A key that is pressed while the page is still being laid out opens nothing; she presses it again.
      for (let presses = 0; presses < 3; presses += 1) {
        await reach(field);
        const chooser = page.waitForEvent("filechooser", { timeout: 3_000 }).catch(() => null);
        await page.keyboard.press("Space");
        const opened = await chooser;
        if (opened) return opened.setFiles(file);
      }
      assert.fail(`no dialog for a file opens at ${field}`);
    },
    /** Presses a button that sends a form. */
    press: (name, within) => leave(at(within).getByRole("button", { name }).locator("visible=true").first()),
    /** Follows a link. */
    follow: (name, within) => leave(at(within).getByRole("link", { name }).locator("visible=true").first()),
  };
}

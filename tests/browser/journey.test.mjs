// The main journey with a mouse, without scripts, and with the keyboard alone.
import { after, before, describe, test } from "node:test";
import { walk } from "./journey.mjs";
import { openTown } from "./town.mjs";

for (const [who, mode, options] of [["with a mouse", "mouse", {}], ["without scripts", "mouse", { javaScriptEnabled: false }], ["by keyboard alone", "keyboard", {}]]) {
  describe(`an activity grant ${who}`, () => {
    let town;
    before(async () => { town = await openTown(); });
    after(() => town?.close());
    test("from a new association to the money", (t) => walk(t, town, mode, options));
  });
}

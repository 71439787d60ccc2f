import { beforeEach, expect, test } from "vitest";

import { openDialogs } from "./dialogs";

beforeEach(() => {
  document.body.innerHTML = `
    <button data-opens="keys" hidden>all keys</button>
    <button data-key="t">Tell the customer <kbd>T</kbd></button>
    <a data-key="g" data-key-words="go to Today" href="/">x</a>
    <dialog data-dialog="keys"><dl data-keys-of-page></dl></dialog>`;
  openDialogs(document);
});

const opener = (): HTMLButtonElement => document.querySelector<HTMLButtonElement>("[data-opens]")!;

test("the button appears and opens its dialog", () => {
  expect(opener().hidden).toBe(false);

  opener().click();

  expect(document.querySelector("dialog")?.open).toBe(true);
});

test("the list holds the keys of the page as it is now, once each", () => {
  opener().click();
  document.querySelector("dialog")?.close();
  opener().click();

  const rows = [...document.querySelectorAll("dl > *")].map((each) => each.textContent);
  expect(rows).toEqual(["T", "Tell the customer", "G", "go to Today"]);
});

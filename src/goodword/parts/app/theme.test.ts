import { beforeEach, expect, test } from "vitest";

import { switchTheme } from "./theme";

beforeEach(() => {
  delete document.documentElement.dataset["theme"];
  document.body.innerHTML = `<button data-theme-switch hidden data-light="Light" data-dark="Dark"></button>`;
});

const button = (): HTMLButtonElement => document.querySelector("button")!;

test("the switch shows itself and names what a press brings", () => {
  switchTheme(document, () => false);

  expect([button().hidden, button().textContent]).toEqual([false, "Dark"]);
});

test("a press changes the page at once and is remembered for the server", () => {
  switchTheme(document, () => false);

  button().click();

  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(document.cookie).toContain("theme=dark");
  expect(button().textContent).toBe("Light");
});

test("without a choice the machine's wish counts", () => {
  switchTheme(document, () => true);

  expect(button().textContent).toBe("Light");
});

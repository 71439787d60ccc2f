import { afterEach, expect, test, vi } from "vitest";

import { keepFresh, refresh, words } from "./relative";

const NOW = Date.parse("2026-11-02T09:40:00Z");
const minutes = (n: number): number => NOW + n * 60_000;

afterEach(() => vi.useRealTimers());

test.each([
  [20, "in 20 min."],
  [-5, "5 min. ago"],
  [180, "in 3 hr."],
  [-60 * 24 * 4, "4 days ago"],
])("%i minutes reads %s", (n, said) => {
  expect(words(minutes(n), NOW, "en")).toBe(said);
});

test("the present minute keeps the server's words", () => {
  document.body.innerHTML = `<time datetime="2026-11-02T09:40:10Z" data-relative>just now</time>`;

  refresh(document, NOW, "en");

  expect(document.querySelector("time")?.textContent).toBe("just now");
});

test("times are renewed while the page stays open, and only those that ask for it", () => {
  vi.useFakeTimers();
  document.documentElement.lang = "en";
  document.body.innerHTML = `<time datetime="2026-11-02T09:35:00Z" data-relative>just now</time><time datetime="2026-11-02T09:35:00Z">9:35</time>`;

  const stop = keepFresh(document, () => NOW, 1000);
  vi.advanceTimersByTime(1000);
  stop();

  expect([...document.querySelectorAll("time")].map((each) => each.textContent)).toEqual(["5 min. ago", "9:35"]);
});

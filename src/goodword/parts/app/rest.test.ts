import { expect, test } from "vitest";
import { REST_MS, restFirst } from "./rest";

test("a second tap meant for the last step does nothing; after a moment the button works", () => {
  document.body.innerHTML = `<a href="#on" data-rests>On</a>`;
  const button = document.querySelector("a")!;
  let wake: () => void = () => undefined;
  let waits = 0;
  restFirst(document, (done, ms) => { wake = done; waits = ms; });

  const early = new MouseEvent("click", { cancelable: true });
  button.dispatchEvent(early);
  expect(early.defaultPrevented).toBe(true);
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(waits).toBe(REST_MS);

  wake();
  const later = new MouseEvent("click", { cancelable: true });
  button.dispatchEvent(later);
  expect(later.defaultPrevented).toBe(false);
  expect(button.hasAttribute("aria-disabled")).toBe(false);
});

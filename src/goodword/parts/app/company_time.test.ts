import { expect, test } from "vitest";

import { companyTime } from "./company_time";

function root(data: Record<string, string>): HTMLElement {
  const element = document.createElement("html");
  Object.assign(element.dataset, data);
  return element;
}

test("company time runs on from the server's word at the server's pace", () => {
  let elapsed = 1000;
  const now = companyTime(root({ now: "2026-11-02T09:40:00+00:00", rate: "60" }), () => elapsed);

  elapsed += 2000;

  expect(new Date(now!()).toISOString()).toBe("2026-11-02T09:42:00.000Z");
});

test("a page without company time gets no clock, never the browser's", () => {
  expect(companyTime(root({}), () => 0)).toBeNull();
});

import { expect, test } from "vitest";

import { configure } from "./fragments";

test("htmx may not evaluate, load scripts, bring styles or ask another origin", () => {
  const htmx = { config: { allowEval: true } as Record<string, unknown> };

  configure(htmx, document);

  expect(htmx.config).toMatchObject({
    allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, selfRequestsOnly: true,
  });
});

test("a request without an answer is said, not swallowed", () => {
  document.body.innerHTML = `<div data-lost hidden></div>`;
  configure({ config: {} }, document);

  document.body.dispatchEvent(new CustomEvent("htmx:sendError", { bubbles: true }));

  expect(document.querySelector("[data-lost]")?.hasAttribute("hidden")).toBe(false);
});

test("a form that arrives with a fragment is guarded too", () => {
  sessionStorage.clear();
  document.body.innerHTML = "";
  configure({ config: {} }, document);
  document.body.innerHTML = `<form data-guard="new"><input name="name"></form>`;

  document.body.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true }));
  document.querySelector("input")!.value = "Adeyemi";
  document.querySelector("input")!.dispatchEvent(new Event("input", { bubbles: true }));

  expect(Object.values({ ...sessionStorage }).join()).toContain("Adeyemi");
});

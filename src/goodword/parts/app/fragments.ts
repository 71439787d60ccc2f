/** htmx, tamed: no eval, no styles of its own (the content security policy allows neither), this origin only. */
import { guardForms } from "./guard";

interface Htmx {
  config: Record<string, unknown>;
}

export const SETTINGS = {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  scrollIntoViewOnBoost: false,
  timeout: 15_000,
  // A refusal comes with a page that says why (422 with the form, 409 with what changed): show it.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "403|404|409|422", swap: true, error: false },
    { code: "[45]..", swap: false, error: true },
  ],
};

export function configure(htmx: Htmx, page: Document, storage: Storage = sessionStorage): void {
  Object.assign(htmx.config, SETTINGS);
  page.addEventListener("htmx:afterSwap", () => guardForms(page, storage));
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    page.addEventListener(name, () => page.querySelector<HTMLElement>("[data-lost]")?.removeAttribute("hidden"));
  }
}

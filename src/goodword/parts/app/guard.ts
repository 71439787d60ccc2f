/** Forms keep what was typed and are sent once.
 *
 *  `<form data-guard>`: every change is kept in this tab until the server has answered with another page; a form that
 *  comes back empty after a lost connection is filled again, with the same command id, so that nothing happens twice.
 *  Passwords and codes are never kept. `data-forgets` (sign out) throws all of it away. */

const PREFIX = "draft:";
const NEVER = new Set(["password", "file", "hidden"]);

interface Draft {
  sent: boolean;
  command: string;
  fields: Record<string, string[]>;
}

const guarded = new WeakSet<HTMLFormElement>();

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function guardForms(page: Document, storage: Storage): void {
  const forms = [...page.querySelectorAll<HTMLFormElement>("form[data-guard]")];
  forgetAnswered(page, storage, forms.map(keyOf));
  for (const form of forms) {
    if (guarded.has(form)) continue;
    guarded.add(form);
    guard(form, page, storage);
  }
  for (const form of page.querySelectorAll<HTMLFormElement>("form[method='post']:not([data-guard], [data-forgets], [hx-post])")) {
    if (guarded.has(form)) continue;
    guarded.add(form);
    sendOnce(form, page, () => undefined);
  }
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-forgets]")) {
    form.addEventListener("submit", () => drafts(storage).forEach(([key]) => storage.removeItem(key)));
  }
}

/** A draft that was sent is done with once another page has come, or one that says so: a notice of success (`data-done`),
 *  or its very command (`data-command-done`). Where its command was used for other words, the words stay, under a new one. */
function forgetAnswered(page: Document, storage: Storage, here: string[]): void {
  if (page.querySelector("[data-asks]") !== null) return; // a question in between: nothing has been done yet
  const done = page.querySelector("[data-done]") !== null;
  const named = (name: string): Set<string> =>
    new Set([...page.querySelectorAll(`[data-command-${name}]`)].map((each) => each.getAttribute(`data-command-${name}`) ?? ""));
  const [finished, used] = [named("done"), named("used")];
  for (const [key, draft] of drafts(storage)) {
    if (finished.has(draft.command) || (draft.sent && (done || !here.includes(key)))) storage.removeItem(key);
    else if (used.has(draft.command)) storage.setItem(key, JSON.stringify({ ...draft, command: "" }));
  }
}

function guard(form: HTMLFormElement, page: Document, storage: Storage): void {
  const key = keyOf(form);
  const kept = read(storage, key);
  if (kept && !form.querySelector("[aria-invalid='true']")) restore(form, kept);

  form.addEventListener("input", () => keep(form, storage, key, false));
  form.addEventListener("change", () => keep(form, storage, key, false));
  sendOnce(form, page, (sent) => keep(form, storage, key, sent));
}

/** A form goes once; without a connection it stays, and says so beside the button and at the top. */
function sendOnce(form: HTMLFormElement, page: Document, remember: (sent: boolean) => void): void {
  form.addEventListener("submit", (event) => {
    if (form.dataset["sending"] !== undefined) return event.preventDefault();
    if (page.defaultView?.navigator.onLine === false) {
      event.preventDefault();
      remember(false);
      show(page, "[data-offline-note]");
      return beside(form, page);
    }
    form.querySelector("[data-offline-here]")?.remove();
    remember(true);
    form.dataset["sending"] = "";
  });
  // Back again from the cache of the browser, or htmx has its answer: the form may be sent once more.
  page.defaultView?.addEventListener("pageshow", () => delete form.dataset["sending"]);
  form.addEventListener("htmx:afterRequest", () => delete form.dataset["sending"]);
}

function beside(form: HTMLFormElement, page: Document): void {
  const words = page.querySelector("[data-offline-note] p")?.textContent;
  if (!words || form.querySelector("[data-offline-here]")) return;
  const note = page.createElement("p");
  note.className = "field-error";
  note.dataset["offlineHere"] = "";
  note.setAttribute("role", "alert");
  note.textContent = words;
  form.append(note);
}

export function keyOf(form: HTMLFormElement): string {
  const path = form.ownerDocument.defaultView?.location.pathname ?? "";
  return `${PREFIX}${path}:${form.dataset["guard"] ?? ""}`;
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (each): each is Control =>
      "name" in each && (each as Control).name !== "" && !NEVER.has((each as Control).type) &&
      (each as Control).getAttribute("autocomplete") !== "one-time-code" && "value" in each && each.tagName !== "BUTTON",
  );
}

function keep(form: HTMLFormElement, storage: Storage, key: string, sent: boolean): void {
  const fields: Record<string, string[]> = {};
  for (const control of controls(form)) {
    const values = (fields[control.name] ??= []);
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      if (control.checked) values.push(control.value);
    } else values.push(control.value);
  }
  const draft: Draft = { sent, command: commandOf(form)?.value ?? "", fields };
  try {
    storage.setItem(key, JSON.stringify(draft));
  } catch {
    storage.removeItem(key); // full: an old draft would be worse than none
  }
}

function restore(form: HTMLFormElement, draft: Draft): void {
  const left = new Map(Object.entries(draft.fields).map(([name, values]) => [name, [...values]]));
  let changed = false;
  for (const control of controls(form)) {
    const values = left.get(control.name);
    if (!values) continue;
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      const checked = values.includes(control.value);
      changed ||= checked !== control.checked;
      control.checked = checked;
    } else {
      const value = values.shift() ?? "";
      changed ||= value !== control.value;
      control.value = value;
    }
  }
  const command = commandOf(form);
  if (command && draft.command) command.value = draft.command;
  if (changed) form.closest("details")?.setAttribute("open", "");
  if (changed) show(form.ownerDocument, "[data-kept-note]");
}

function commandOf(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[type='hidden'][name='command']");
}

function show(page: Document, note: string): void {
  page.querySelector<HTMLElement>(note)?.removeAttribute("hidden");
}

function read(storage: Storage, key: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(storage.getItem(key) ?? "null");
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && "fields" in value && "command" in value;
}

function drafts(storage: Storage): [string, Draft][] {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "").filter((key) => key.startsWith(PREFIX));
  return keys.flatMap((key): [string, Draft][] => {
    const draft = read(storage, key);
    return draft ? [[key, draft]] : [];
  });
}

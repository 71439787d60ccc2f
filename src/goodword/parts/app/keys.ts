/** Keys of the office: `/` goes to the search, `?` opens the list, `data-key="t"` presses or enters what carries it.
 *  Never while somebody types, never with Ctrl, Alt or Meta, and all of it can be switched off (WCAG 2.1.4). */

const SWITCH = "keys";

export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) return true;
  return target.closest("[contenteditable]:not([contenteditable='false']), [role='textbox'], [role='combobox']") !== null;
}

export function pressKeys(page: Document, storage: Storage): void {
  const box = page.querySelector<HTMLInputElement>("[data-keys-switch]");
  if (box) {
    box.checked = storage.getItem(SWITCH) !== "off";
    box.addEventListener("change", () => storage.setItem(SWITCH, box.checked ? "on" : "off"));
  }
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target instanceof HTMLInputElement && event.target.type === "search") event.target.blur();
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing || event.defaultPrevented) return;
    if (typing(event.target) || storage.getItem(SWITCH) === "off" || page.querySelector("dialog[open]")) return;
    if (press(page, event.key)) event.preventDefault();
  });
}

function press(page: Document, key: string): boolean {
  if (key === "/") return enter(page.querySelector<HTMLInputElement>("[data-search]"));
  if (key === "?") return click(page.querySelector<HTMLElement>("[data-opens='keys']"));
  const wanted = key.toLowerCase();
  const all = [...page.querySelectorAll<HTMLElement>("[data-key]")];
  const found = all.find((each) => each.dataset["key"]?.toLowerCase() === wanted);
  if (!found) return false;
  return typing(found) ? enter(found as HTMLInputElement) : click(found);
}

function enter(field: HTMLInputElement | null): boolean {
  if (!field) return false;
  field.focus();
  if (typeof field.select === "function") field.select();
  return true;
}

function click(element: HTMLElement | null): boolean {
  if (!element || (element as HTMLButtonElement).disabled) return false;
  element.focus();
  element.click();
  return true;
}

/** `data-opens="keys"` opens `<dialog data-dialog="keys">`; the browser does the rest (focus, Escape, backdrop). */
export function openDialogs(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-opens]")) {
    const dialog = page.querySelector<HTMLDialogElement>(`dialog[data-dialog="${button.dataset["opens"]}"]`);
    if (!dialog) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      if (dialog.open) return;
      listKeys(dialog, page);
      dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // the backdrop
    });
  }
}

/** The page's own keys, read from the page: what carries `data-key` says what it does by its words or `data-key-words`. */
export function listKeys(dialog: HTMLElement, page: Document): void {
  const list = dialog.querySelector<HTMLElement>("[data-keys-of-page]");
  if (!list) return;
  list.replaceChildren();
  const seen = new Set<string>();
  for (const element of page.querySelectorAll<HTMLElement>("[data-key]")) {
    const key = element.dataset["key"] ?? "";
    if (key === "" || seen.has(key)) continue;
    seen.add(key);
    const term = page.createElement("dt");
    term.append(Object.assign(page.createElement("kbd"), { textContent: key.toUpperCase() }));
    const what = page.createElement("dd");
    what.textContent = element.dataset["keyWords"] ?? wordsOf(element);
    list.append(term, what);
  }
}

function wordsOf(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  copy.querySelectorAll("kbd, svg").forEach((each) => each.remove());
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

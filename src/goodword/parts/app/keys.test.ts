import { beforeEach, expect, test, vi } from "vitest";

import { pressKeys } from "./keys";

const pressed = vi.fn();

function page(): Document {
  const made = document.implementation.createHTMLDocument();
  made.body.innerHTML = `
    <input data-search type="search"><textarea></textarea>
    <button data-opens="keys">all keys</button>
    <button data-key="t">Tell the customer</button>
    <input data-key="n" class="note">
    <input type="checkbox" data-keys-switch>`;
  made.querySelectorAll("button").forEach((each) => each.addEventListener("click", () => pressed(each.textContent)));
  pressKeys(made, localStorage);
  return made;
}

function type(made: Document, key: string, target: Element | null = null, extra: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...extra });
  return !(target ?? made.body).dispatchEvent(event);
}

beforeEach(() => {
  pressed.mockClear();
  localStorage.clear();
});

test("a slash goes to the search and types no slash", () => {
  const made = page();
  const focus = vi.spyOn(made.querySelector<HTMLInputElement>("[data-search]")!, "focus");

  expect(type(made, "/")).toBe(true);
  expect(focus).toHaveBeenCalled();
});

test("a letter presses the button that carries it, in either case", () => {
  const made = page();

  type(made, "t");
  type(made, "T");

  expect(pressed.mock.calls).toEqual([["Tell the customer"], ["Tell the customer"]]);
});

test("a question mark opens the list", () => {
  type(page(), "?");

  expect(pressed).toHaveBeenCalledWith("all keys");
});

test("nothing is pressed while somebody types, nor with Ctrl", () => {
  const made = page();

  expect(type(made, "t", made.querySelector("textarea"))).toBe(false);
  expect(type(made, "t", null, { ctrlKey: true })).toBe(false);
  expect(pressed).not.toHaveBeenCalled();
});

test.each(["<input>", "<input type='checkbox'>", "<select></select>", "<p contenteditable='true'>x</p>", "<p role='textbox'>x</p>"])(
  "no single key acts while the focus is in %s", (field) => {
    const made = page();
    made.body.insertAdjacentHTML("beforeend", field);

    expect(type(made, "t", made.body.lastElementChild)).toBe(false);
    expect(type(made, "/", made.body.lastElementChild)).toBe(false);
    expect(pressed).not.toHaveBeenCalled();
  });

test("letters that are still being composed press nothing", () => {
  type(page(), "t", null, { isComposing: true });

  expect(pressed).not.toHaveBeenCalled();
});

test("the keys can be switched off, and stay off on the next page", () => {
  const box = page().querySelector<HTMLInputElement>("[data-keys-switch]")!;
  box.checked = false;
  box.dispatchEvent(new Event("change"));

  const next = page();

  expect(type(next, "t")).toBe(false);
  expect(next.querySelector<HTMLInputElement>("[data-keys-switch]")!.checked).toBe(false);
});

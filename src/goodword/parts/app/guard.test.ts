import { beforeEach, expect, test, vi } from "vitest";

import { guardForms } from "./guard";

const FORM = `
  <p data-offline-note hidden></p><p data-kept-note hidden></p>
  <form data-guard="customer" action="/customers" method="post">
    <input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="command" value="first">
    <input name="name"><textarea name="words"></textarea><input type="password" name="password">
    <input type="radio" name="how" value="phone"><input type="radio" name="how" value="door">
    <button>Add</button>
  </form>`;

const field = <T extends HTMLElement = HTMLInputElement>(name: string): T => document.querySelector<T>(`[name="${name}"]`)!;

function load(html: string = FORM): void {
  document.body.innerHTML = html;
  guardForms(document, sessionStorage);
}

function write(name: string, value: string): void {
  field(name).value = value;
  field(name).dispatchEvent(new Event("input", { bubbles: true }));
}

/** Whether the browser would send the form. */
function submit(): boolean {
  return document.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

beforeEach(() => sessionStorage.clear());

test("what was typed comes back after the page was lost, with the command it had", () => {
  load();
  write("name", "Adeyemi");
  write("words", "No heat since Friday");
  submit();

  load(FORM.replace("first", "second"));

  expect([field("name").value, field("words").value]).toEqual(["Adeyemi", "No heat since Friday"]);
  expect(field("command").value).toBe("first");
  expect(document.querySelector("[data-kept-note]")?.hasAttribute("hidden")).toBe(false);
});

test("a choice comes back", () => {
  load();
  document.querySelector<HTMLInputElement>("[value='door']")!.click();
  write("name", "x");

  load();

  expect(document.querySelector<HTMLInputElement>("[value='door']")!.checked).toBe(true);
});

test("a password is never kept", () => {
  load();
  write("password", "hunter2hunter2");

  expect(JSON.stringify({ ...sessionStorage })).not.toContain("hunter2");
});

test("a form is sent once, however often the button is pressed", () => {
  load();

  expect([submit(), submit()]).toEqual([true, false]);
});

test("without a connection nothing is sent, and it says so", () => {
  load();
  vi.spyOn(window.navigator, "onLine", "get").mockReturnValue(false);

  expect(submit()).toBe(false);
  expect(document.querySelector("[data-offline-note]")?.hasAttribute("hidden")).toBe(false);
});

test("another page after sending means that it arrived: the draft goes", () => {
  load();
  write("name", "Adeyemi");
  submit();

  load("<main>Customer added</main>");
  load();

  expect(field("name").value).toBe("");
});

test("the same empty form under a notice of success is a new one", () => {
  load();
  write("name", "Adeyemi");
  submit();

  load(`<div data-done>Added.</div>${FORM}`);

  expect(field("name").value).toBe("");
});

test("a form whose command was done comes back empty, however little the page says", () => {
  load();
  write("name", "Adeyemi");
  submit();

  load(`<span hidden data-command-done="first"></span>${FORM.replace("first", "second")}`);

  expect([field("name").value, field("command").value]).toEqual(["", "second"]);
});

test("what was done elsewhere on the page takes no half-written form with it", () => {
  load();
  write("name", "Adeyemi");

  load(`<span hidden data-command-done="of another form"></span>${FORM}`);

  expect(field("name").value).toBe("Adeyemi");
});

test("other words under a command that was done already go under a new one", () => {
  load();
  write("name", "Adeyemi-Brown");
  submit();

  load(`<span hidden data-command-used="first"></span>${FORM.replace("first", "second")}`);

  expect([field("name").value, field("command").value]).toEqual(["Adeyemi-Brown", "second"]);
});

test("a question in between keeps what was typed, and what is folded away is opened when it comes back", () => {
  const folded = `<details>${FORM}</details>`;
  load(folded);
  write("name", "Adeyemi");
  submit();

  load(`<section data-asks></section>`);
  load(folded);

  expect([field("name").value, document.querySelector("details")!.open]).toEqual(["Adeyemi", true]);
});

test("what the server sent back with its errors wins over the draft", () => {
  load();
  write("name", "Adeyemi");
  submit();

  load(FORM.replace(`<input name="name">`, `<input name="name" value="Adeyemi 2" aria-invalid="true">`));

  expect(field("name").value).toBe("Adeyemi 2");
});

test("signing out forgets every draft of the tab", () => {
  load(`${FORM}<form data-forgets class="out"></form>`);
  write("name", "Adeyemi");

  document.querySelector(".out")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

  expect(sessionStorage.length).toBe(0);
});

test("without a connection any form stays, and says so beside the button", () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  load(`<div data-offline-note hidden><p>There is no connection.</p></div><form method="post"><button>On my way</button></form>`);

  expect(submit()).toBe(false);
  expect(document.querySelector("form [role='alert']")!.textContent).toBe("There is no connection.");
});

test("a form that keeps nothing is sent once, too", () => {
  load(`<form method="post"><button>On my way</button></form>`);

  expect([submit(), submit()]).toEqual([true, false]);
});

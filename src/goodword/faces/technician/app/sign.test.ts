import { expect, test, vi } from "vitest";
import { type Pad, signHere } from "./sign";

const PAGE = `<form><div data-sign hidden><canvas></canvas><input type="hidden" name="signature" value=""></div>
  <button type="button" data-clear>Clear</button><button>Done</button></form>`;

function laid(written: boolean): { form: HTMLFormElement; field: HTMLInputElement; pad: Pad & { wiped: number } } {
  document.body.innerHTML = PAGE;
  const pad = {
    penColor: "", wiped: 0,
    isEmpty: () => !written,
    clear: () => { pad.wiped += 1; written = false; },
    toDataURL: (type: string) => `data:${type};base64,aGVsbG8=`,
    redraw: vi.fn(),
  };
  signHere(document.querySelector<HTMLElement>("[data-sign]")!, () => pad);
  const form = document.querySelector("form")!;
  return { form, field: form.querySelector("input")!, pad };
}

function submit(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.dispatchEvent(new Event("submit", { cancelable: true }));
}

test("what was written goes with the form as a picture", () => {
  const { form, field } = laid(true);
  submit(form);
  expect(field.value).toBe("data:image/png;base64,aGVsbG8=");
});

test("nothing written, nothing sent", () => {
  const { form, field } = laid(false);
  submit(form);
  expect(field.value).toBe("");
});

test("clear starts again", () => {
  const { form, field, pad } = laid(true);
  form.querySelector<HTMLButtonElement>("[data-clear]")!.click();
  submit(form);
  expect(pad.wiped).toBe(1);
  expect(field.value).toBe("");
});

test("the place to sign is shown only where it can be used", () => {
  laid(false);
  expect(document.querySelector<HTMLElement>("[data-sign]")!.hidden).toBe(false);
});

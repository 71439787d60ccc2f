import { expect, test, vi } from "vitest";
import { type Means, uploadForms } from "./upload";

const FORM = `<form data-upload="/api/v1/files" data-about="visit_id" data-id="v1" data-says-sending="{name}: {percent} %" data-says-again="again">
  <input type="hidden" name="csrfmiddlewaretoken" value="token"><input type="file" name="file" multiple>
  <p data-progress hidden></p><button>Keep</button></form>`;

type Call = { url: string; method: string; size: number; token: string };

interface Laid { form: HTMLFormElement; field: HTMLInputElement; calls: Call[]; sent: () => number; press: () => Promise<void> }

function laid(files: File[], answer: (call: Call, n: number) => Response | Error): Laid {
  document.body.innerHTML = FORM;
  const form = document.querySelector("form")!;
  const field = form.querySelector<HTMLInputElement>("input[type='file']")!;
  Object.defineProperty(field, "files", { value: files });
  const calls: Call[] = [];
  const send = vi.fn();
  const means: Means = {
    fetch: (url, init) => {
      const body = init.body;
      const size = body instanceof ArrayBuffer ? body.byteLength : -1;
      const token = (init.headers as Record<string, string>)["X-CSRFToken"] ?? "";
      const call = { url, method: init.method ?? "", size, token };
      calls.push(call);
      const got = answer(call, calls.length);
      return got instanceof Error ? Promise.reject(got) : Promise.resolve(got);
    },
    sha256: (data) => Promise.resolve(`hash-${data.byteLength}`),
    wait: () => Promise.resolve(),
    send,
  };
  uploadForms(document, means);
  const press = async (): Promise<void> => {
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await new Promise((done) => setTimeout(done, 30));
  };
  return { form, field, calls, sent: () => send.mock.calls.length, press };
}

const said = (missing: number[]): Response => new Response(JSON.stringify({ sha256: "x", missing }));
const photo = (size: number, name = "a.jpg"): File => new File([new Uint8Array(size)], name, { type: "image/jpeg" });
const hashes = (form: HTMLFormElement): string[] => [...form.querySelectorAll<HTMLInputElement>("input[name='sha256']")].map((f) => f.value);

test("a file goes in pieces of a megabyte, and the form with its hash in place of the file", async () => {
  const { form, field, calls, sent, press } = laid([photo(2_000_001)], (call) => said(call.method === "POST" ? [0, 1, 2] : []));

  await press();

  expect(calls.map((c) => [c.method, c.size])).toEqual([["POST", -1], ["PUT", 1_000_000], ["PUT", 1_000_000], ["PUT", 1]]);
  expect(calls[1]).toMatchObject({ url: "/api/v1/files/hash-2000001/chunks/0", token: "token" });
  expect([hashes(form), field.disabled, sent()]).toEqual([["hash-2000001"], true, 1]);
  expect(form.querySelector("[data-progress]")!.textContent).toBe("a.jpg: 100 %");
});

test("only what is missing is sent", async () => {
  const { calls, press } = laid([photo(3_000_000)], (call) => said(call.method === "POST" ? [1] : []));

  await press();

  expect(calls.filter((c) => c.method === "PUT").map((c) => c.url.split("/").pop())).toEqual(["1"]);
});

test("a piece that was lost is sent again", async () => {
  const { calls, sent, press } = laid([photo(10)], (call, n) => (n === 2 ? new TypeError("lost") : said(call.method === "POST" ? [0] : [])));

  await press();

  expect(calls.map((c) => c.method)).toEqual(["POST", "PUT", "PUT"]);
  expect(sent()).toBe(1);
});

test("without a connection nothing goes, it says so, and the button can be pressed again", async () => {
  let down = true;
  const { form, calls, sent, press } = laid([photo(10)], (call) => (down ? new TypeError("lost") : said(call.method === "POST" ? [0] : [])));

  await press();
  expect([sent(), form.querySelector("[data-progress]")!.textContent]).toEqual([0, "again"]);
  expect(calls.length).toBe(4);

  down = false;
  await press();
  expect(sent()).toBe(1);
});

test("what the server refuses goes with the form, whose page says why", async () => {
  const { form, field, sent, press } = laid([photo(10), photo(20, "b.heic")], (call, n) =>
    n === 3 ? new Response("{}", { status: 422 }) : said(call.method === "POST" ? [0] : []));

  await press();

  expect([hashes(form), field.disabled, sent()]).toEqual([["hash-10"], false, 1]);
});

test("pressed twice it is sent once", async () => {
  const { form, sent, press } = laid([photo(10)], (call) => said(call.method === "POST" ? [0] : []));

  form.dispatchEvent(new Event("submit", { cancelable: true }));
  await press();

  expect(sent()).toBe(1);
});

test("without the means the form is left as it is", () => {
  document.body.innerHTML = FORM;
  uploadForms(document, null);
  const event = new Event("submit", { cancelable: true });
  document.querySelector("form")!.dispatchEvent(event);

  expect(event.defaultPrevented).toBe(false);
});

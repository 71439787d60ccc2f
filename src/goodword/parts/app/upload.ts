/** Files go in pieces of 1 MB, with the share that is sent; after a cut only what is missing is sent again.
 *
 *  `<form data-upload="/api/v1/files" data-about="visit_id" data-id="…">` with one file field. When all have arrived the
 *  form itself goes, with their hashes in place of the files. Without this script the form sends the files whole. */

const CHUNK = 1_000_000;
const TRIES = 4;

export interface Means {
  fetch(url: string, init: RequestInit): Promise<Response>;
  sha256(data: ArrayBuffer): Promise<string>;
  wait(ms: number): Promise<void>;
  send(form: HTMLFormElement): void;
}

interface Progress { sha256: string; missing: number[] }

/** The server will not take this file; its sentence says why. */
class Refused extends Error {}

export function uploadForms(page: Document, means: Means | null): void {
  if (!means) return;
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-upload]")) uploadHere(form, means);
}

function uploadHere(form: HTMLFormElement, means: Means): void {
  const field = form.querySelector<HTMLInputElement>("input[type='file']");
  const said = form.querySelector<HTMLElement>("[data-progress]");
  if (!field || !said) return;
  let busy = false;
  form.addEventListener("submit", (event) => {
    const files = [...(field.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (busy) return;
    busy = true;
    void sendAll(form, field, files, said, means).finally(() => { busy = false; });
  }, { capture: true });
}

async function sendAll(form: HTMLFormElement, field: HTMLInputElement, files: File[], said: HTMLElement, means: Means): Promise<void> {
  said.hidden = false;
  try {
    for (const file of files) {
      if (has(form, file)) continue;
      try {
        const sha256 = await sendOne(form, file, means, (percent) => tell(form, said, file, percent));
        put(form, "sha256", sha256, file);
        put(form, "name", file.name, file);
      } catch (error) {
        // What the server refuses, it says itself when the form arrives; a small file can go there whole.
        if (!(error instanceof Refused)) throw error;
        return means.send(form);
      }
    }
    field.disabled = true;
    means.send(form);
  } catch {
    said.textContent = form.dataset["saysAgain"] ?? "";
  }
}

async function sendOne(form: HTMLFormElement, file: File, means: Means, tell: (percent: number) => void): Promise<string> {
  const data = await file.arrayBuffer();
  const sha256 = await means.sha256(data);
  const address = form.dataset["upload"] ?? "";
  const about = { [form.dataset["about"] ?? ""]: form.dataset["id"] ?? "" };
  const announced = { command: crypto.randomUUID(), sha256, size: file.size, kind: file.type, ...about };
  const begun = await asked(form, address, "POST", JSON.stringify(announced), "application/json", means);
  const chunks = Math.ceil(file.size / CHUNK);
  let left = begun.missing.length;
  tell(share(chunks, left));
  for (const number of begun.missing) {
    const piece = data.slice(number * CHUNK, (number + 1) * CHUNK);
    await asked(form, `${address}/${sha256}/chunks/${number}`, "PUT", piece, "application/octet-stream", means);
    left -= 1;
    tell(share(chunks, left));
  }
  return sha256;
}

function share(chunks: number, left: number): number {
  return Math.floor((100 * (chunks - left)) / Math.max(1, chunks));
}

/** Asks again after a lost connection: a piece that arrives twice counts once. */
async function asked(form: HTMLFormElement, url: string, method: string, body: BodyInit, kind: string, means: Means): Promise<Progress> {
  const token = form.querySelector<HTMLInputElement>("input[name='csrfmiddlewaretoken']")?.value ?? "";
  const headers = { "Content-Type": kind, "X-CSRFToken": token };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await means.fetch(url, { method, headers, body, credentials: "same-origin" });
      if (answer.ok) return (await answer.json()) as Progress;
      if (answer.status < 500) throw new Refused(String(answer.status));
      throw new Error(String(answer.status));
    } catch (error) {
      if (error instanceof Refused || attempt >= TRIES) throw error;
      await means.wait(500 * 2 ** attempt);
    }
  }
}

function tell(form: HTMLFormElement, said: HTMLElement, file: File, percent: number): void {
  said.textContent = (form.dataset["saysSending"] ?? "").replace("{name}", file.name).replace("{percent}", String(percent));
}

function key(file: File): string {
  return `${file.name}:${file.size}:${file.lastModified}`;
}

function has(form: HTMLFormElement, file: File): boolean {
  return [...form.querySelectorAll<HTMLInputElement>("input[name='sha256']")].some((each) => each.dataset["of"] === key(file));
}

function put(form: HTMLFormElement, name: string, value: string, file: File): void {
  const field = form.ownerDocument.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  field.dataset["of"] = key(file);
  form.append(field);
}

/** What the browser has; null where it cannot compute a hash (no https): then the form sends the files itself. */
export function means(page: Window): Means | null {
  const subtle = page.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  return {
    fetch: (url, init) => page.fetch(url, init),
    sha256: async (data) =>
      [...new Uint8Array(await subtle.digest("SHA-256", data))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    wait: (ms) => new Promise((done) => { page.setTimeout(done, ms); }),
    send: (form) => form.submit(),
  };
}

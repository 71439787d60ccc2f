/** A name written with a finger. It goes with the form as a PNG picture; nothing written, nothing sent.
 *
 *  `<div data-sign>` holds a canvas and a hidden field; a button `data-clear` of the same form starts again. */

export interface Pad {
  penColor: string;
  isEmpty(): boolean;
  clear(): void;
  toDataURL(type: string): string;
  redraw(): void;
}

export function signHere(place: HTMLElement, make: (canvas: HTMLCanvasElement) => Pad): void {
  const canvas = place.querySelector("canvas");
  const field = place.querySelector<HTMLInputElement>("input[type='hidden']");
  const form = place.closest("form");
  if (!canvas || !field || !form) return;

  place.hidden = false;
  const pad = make(canvas);
  const page = place.ownerDocument.defaultView;
  const fit = (): void => {
    const sharp = Math.max(1, page?.devicePixelRatio ?? 1);
    canvas.width = canvas.offsetWidth * sharp;
    canvas.height = canvas.offsetHeight * sharp;
    canvas.getContext("2d")?.scale(sharp, sharp);
    if (!pad.isEmpty()) pad.redraw();
  };
  fit();
  page?.addEventListener("resize", fit);
  form.querySelector("[data-clear]")?.addEventListener("click", () => pad.clear());
  form.addEventListener("submit", () => {
    field.value = pad.isEmpty() ? "" : pad.toDataURL("image/png");
  }, { capture: true });
}

/** The large button of the next step stands where the last one stood: it rests for a moment, so that a second tap that
 *  was meant for the last one does nothing. `data-rests` on the button or link. */

export const REST_MS = 1200;

export function restFirst(page: Document, later: (done: () => void, ms: number) => unknown = setTimeout): void {
  for (const button of page.querySelectorAll<HTMLElement>("[data-rests]")) {
    button.setAttribute("aria-disabled", "true");
    const stop = (event: Event): void => event.preventDefault();
    button.addEventListener("click", stop);
    later(() => {
      button.removeAttribute("aria-disabled");
      button.removeEventListener("click", stop);
    }, REST_MS);
  }
}

/** What time it is for the company: the server's word when the page was made, carried on by a stopwatch.
 *  The browser's own clock is never asked: it may be wrong, and a demo's day runs at another pace. */
export type Clock = () => number;

export function companyTime(root: HTMLElement, stopwatch: Clock = () => performance.now()): Clock | null {
  const base = Date.parse(root.dataset["now"] ?? "");
  if (Number.isNaN(base)) return null;
  const rate = Number(root.dataset["rate"] ?? "1") || 1;
  const started = stopwatch();
  return () => base + rate * (stopwatch() - started);
}

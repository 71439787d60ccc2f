/** `<time datetime data-relative>`: "5 min ago" stays true while the page is open. */
import type { Clock } from "./company_time";

const MINUTE = 60_000;

export function words(at: number, now: number, language: string): string | null {
  const minutes = Math.round((at - now) / MINUTE);
  if (minutes === 0) return null;
  const format = new Intl.RelativeTimeFormat(language, { style: "short", numeric: "always" });
  const size = Math.abs(minutes);
  if (size < 90) return format.format(minutes, "minute");
  const hours = Math.round(minutes / 60);
  if (Math.abs(hours) < 36) return format.format(hours, "hour");
  return format.format(Math.round(hours / 24), "day");
}

export function refresh(root: ParentNode, now: number, language: string): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const at = Date.parse(time.dateTime);
    const text = Number.isNaN(at) ? null : words(at, now, language);
    if (text !== null && time.textContent !== text) time.textContent = text;
  }
}

/** The server's words stand first; a minute later they are renewed, then every half minute. */
export function keepFresh(page: Document, now: Clock, every = 30_000): () => void {
  const language = page.documentElement.lang || "en";
  const timer = setInterval(() => refresh(page, now(), language), every);
  return () => clearInterval(timer);
}

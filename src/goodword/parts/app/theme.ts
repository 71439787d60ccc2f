/** Light, dark, or as the machine says. The choice is a cookie, so that the server's next page comes in it at once. */
export type Theme = "light" | "dark";

const YEAR_S = 365 * 24 * 3600;

export function current(page: Document, prefersDark: boolean): Theme {
  const chosen = page.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return prefersDark ? "dark" : "light";
}

export function choose(page: Document, theme: Theme): void {
  page.documentElement.dataset["theme"] = theme;
  page.cookie = `theme=${theme}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

function prefersDark(): boolean {
  return typeof matchMedia === "function" && matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The button names what a press brings: "Dark" while it is light. It appears only where a script can serve it. */
export function switchTheme(page: Document, dark: () => boolean = prefersDark): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-theme-switch]")) {
    const name = (): void => {
      const next = current(page, dark()) === "dark" ? "light" : "dark";
      button.textContent = button.dataset[next] ?? next;
    };
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      choose(page, current(page, dark()) === "dark" ? "light" : "dark");
      name();
    });
  }
}

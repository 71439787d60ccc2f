/** What only the office shell needs: htmx, the keys. */
export {};

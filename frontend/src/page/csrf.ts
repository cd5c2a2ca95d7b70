// The token that proves a change comes from a page of this app.

export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"], meta[name="csrf"]')?.content ?? "";
}

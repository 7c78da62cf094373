/** Escapes text for HTML, including quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads what {@link escapeHtml} wrote, or a service made of it. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:#(\d{1,7})|(\w+));/g, (whole, code?: string, name = '') =>
    code === undefined ? (ENTITIES[name] ?? whole) : String.fromCodePoint(Math.min(Number(code), 0x10_ff_ff)),
  );
}

/** What a service has in the place of a text; anything else is an empty one. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** 256 random bits as base64url: unguessable, and safe in URLs and cookies. */
export function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Whether this can be a name that {@link randomToken} or `crypto.randomUUID` made. Anything else is not looked up. */
export function isRandomName(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}

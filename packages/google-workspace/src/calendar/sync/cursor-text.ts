/** A position as a text for the host to store. */
export function cursorText(position: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(position));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** What {@link cursorText} wrote; `undefined` for any other text. */
export function readCursor(cursor: string): Record<string, unknown> | undefined {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const position: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof position === 'object' && position !== null
      ? (position as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

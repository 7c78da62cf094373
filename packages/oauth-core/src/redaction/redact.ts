const REPLACEMENT = '[redacted]';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function spellings(secret: string): string[] {
  const inHtml = secret.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), inHtml];
}

/** Removes every spelling of the secrets from a text that a service wrote. */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  const found = secrets.flatMap((secret) => (secret ? spellings(secret) : []));
  return found.reduce((rest, spelling) => rest.replaceAll(spelling, REPLACEMENT), text);
}

/**
 * The same for a body that may be JSON, where a character has more spellings than can be listed (`\/`, `\u003d`): its
 * texts are read first, and the JSON is written anew.
 */
export function redactBody(text: string, secrets: readonly (string | undefined)[]): string {
  try {
    const parsed: unknown = JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' ? redact(value, secrets) : value,
    );
    return redact(JSON.stringify(parsed), secrets);
  } catch {
    return redact(text, secrets);
  }
}

const REPLACEMENT = '[redacted]';

function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/** Takes every spelling of the given secrets out of a text that somebody else wrote. */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  const found = secrets.flatMap((secret) => (secret ? spellings(secret) : []));
  return found.reduce((rest, spelling) => rest.replaceAll(spelling, REPLACEMENT), text);
}

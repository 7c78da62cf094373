/** A Lua script and its name at Redis: the SHA-1 of its text. */
export class RedisScript {
  readonly text: string;
  #sha1: Promise<string> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Computed on first use, since nothing runs at import time. */
  get sha1(): Promise<string> {
    return (this.#sha1 ??= sha1Hex(this.text));
  }
}

async function sha1Hex(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether Redis does not know the script: it is new there, or Redis was restarted. The command did nothing. */
export function isUnknownScript(failure: unknown): boolean {
  return failure instanceof Error && failure.message.startsWith('NOSCRIPT');
}

/**
 * What went wrong, in one word: the code of the network (`ECONNREFUSED`), Redis' own (`READONLY`, `OOM`), or the
 * library's name for it. The rest of the message may quote keys and values.
 */
export function redisFailureCode(failure: unknown): string {
  if (!(failure instanceof Error)) return 'unknown';
  if ('code' in failure && typeof failure.code === 'string' && failure.code !== '') return failure.code;
  const [own] = /^[A-Z][A-Z]+\b/.exec(failure.message) ?? [];
  return own ?? failure.constructor.name;
}

/** Something outside of Node that tests need. */
export interface Service {
  readonly isThere: boolean;
  /** Goes behind a test's name and says why it is skipped. Empty if the service is there. */
  readonly note: string;
}

/** Says whether a service is there. Throws if it is missing and `REQUIRE_SERVICES=1` asks for all of them. */
export function found(name: string, isThere: boolean, problem: string): Service {
  if (isThere) return { isThere, note: '' };
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`${name} ${problem}.`);
  return { isThere, note: ` (skipped: ${name} ${problem})` };
}

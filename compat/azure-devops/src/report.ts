/** What became of one call. */
export interface Outcome {
  name: string;
  /** The page of the service's documentation that the result was compared with. */
  source: string;
  problem?: string;
  /** Why the sandbox doesn't answer it. */
  exception?: string;
}

/** Runs calls one after another, and compares each result with what the documentation says. */
export class Report {
  readonly outcomes: Outcome[] = [];

  /** Returns the call's result, or undefined if it failed. A function in `expected` decides by itself. */
  async check<T>(
    name: string,
    source: string,
    call: () => Promise<T>,
    expected: unknown,
  ): Promise<T | undefined> {
    try {
      const actual = await call();
      const problem = difference(actual, expected, 'result');
      this.outcomes.push({ name, source, ...(problem !== undefined && { problem }) });
      return actual;
    } catch (error) {
      this.outcomes.push({ name, source, problem: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  /** A call that isn't made, and why. */
  except(name: string, source: string, exception: string): void {
    this.outcomes.push({ name, source, exception });
  }
}

/** What `actual` lacks of `expected`; members that nobody expects are no difference. */
function difference(actual: unknown, expected: unknown, at: string): string | undefined {
  if (typeof expected === 'function') {
    const isRight = expected as (value: unknown) => boolean;
    return isRight(actual) ? undefined : `${at} is ${shown(actual)}`;
  }
  if (typeof expected !== 'object' || expected === null || expected instanceof Date) {
    const isSame = Object.is(actual, expected) || shown(actual) === shown(expected);
    return isSame ? undefined : `${at} is ${shown(actual)}, not ${shown(expected)}`;
  }
  if (typeof actual !== 'object' || actual === null) return `${at} is ${shown(actual)}`;
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length < expected.length)) {
    return `${at} is ${shown(actual)}`;
  }
  for (const [key, value] of Object.entries(expected)) {
    const problem = difference(Reflect.get(actual, key), value, `${at}.${key}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}

export const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
export const isNumber = (value: unknown): boolean => typeof value === 'number';
export const isList = (value: unknown): boolean => Array.isArray(value);
export const isDate = (value: unknown): boolean =>
  !Number.isNaN(Date.parse(value instanceof Date ? value.toISOString() : String(value)));

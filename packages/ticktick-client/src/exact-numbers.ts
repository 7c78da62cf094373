import { exactNumbers } from './input.ts';

/** What engines know that give the source of a number: https://github.com/tc39/proposal-json-parse-with-source */
const { rawJSON }: { rawJSON?: (text: string) => unknown } = JSON as object;

type Reviver = (this: unknown, name: string, value: unknown, context?: { source?: string }) => unknown;

/** Parses JSON, and remembers numbers that JavaScript can't hold: objects that are sent back have them as they came. */
export function parseExactly(text: string, reviver?: Reviver): unknown {
  if (rawJSON === undefined) return JSON.parse(text, reviver);
  const remember: Reviver = function (name, value, context) {
    const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
    if (isRounded && context?.source !== undefined && typeof this === 'object' && this !== null)
      exactNumbers.set(this, { ...exactNumbers.get(this), [name]: context.source });
    return reviver === undefined ? value : reviver.call(this, name, value, context);
  };
  return JSON.parse(text, remember);
}

/** Writes JSON, with what {@link parseExactly} has remembered of objects that still have it. */
export function stringifyExactly(value: unknown): string {
  return JSON.stringify(value, function (this: unknown, name: string, member: unknown) {
    if (typeof member !== 'number' || Number.isSafeInteger(member)) return member;
    const source = typeof this === 'object' && this !== null ? exactNumbers.get(this)?.[name] : undefined;
    return source !== undefined && Number(source) === member ? rawJSON?.(source) : member;
  });
}

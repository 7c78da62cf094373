/** Thrown by {@link hostileValues} themselves: it may pass through, since it is the caller's own. */
export class HostileError extends Error {}

function throwing(): never {
  throw new HostileError('an argument throws');
}

const THROWING: object = new Proxy(
  {},
  { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing },
);

export function isThrowing(value: unknown): boolean {
  return value === THROWING;
}

/** What an untyped caller may pass by accident, and what nobody would. */
export function hostileValues(): Record<string, unknown> {
  return {
    undefined: undefined,
    null: null,
    'a text': 'text',
    'an empty text': '',
    'a number as text': '60000',
    'a huge text': 'x'.repeat(20_000),
    'half a surrogate pair': '\uD800',
    'a number': 1.5,
    NaN: Number.NaN,
    infinity: Number.POSITIVE_INFINITY,
    'a negative number': -1,
    true: true,
    'a symbol': Symbol('s'),
    'a bigint': 1n,
    'an empty list': [],
    'a list of nothing': [undefined],
    'a list of null': [null],
    'a list of texts': ['a', 'b'],
    'an empty object': {},
    'an object without a prototype': Object.create(null),
    'an object of another shape': { a: { b: 1 } },
    'an object that refers to itself': selfReferring(),
    'a function': () => undefined,
    'an invalid date': new Date(Number.NaN),
    'a proxy that throws': THROWING,
    'an object whose text throws': { toString: throwing, valueOf: throwing },
  };
}

function selfReferring(): object {
  const loop: Record<string, unknown> = {};
  loop['loop'] = loop;
  return loop;
}

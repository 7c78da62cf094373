const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Makes `util.inspect`, and so `console.log`, show what `visible` returns instead of the object, so that no secret is
 * logged by accident. JSON and property access stay as they are.
 */
export function hideFromInspect<T extends object>(value: T, visible: (value: T) => object): T {
  return Object.defineProperty(value, INSPECT, { value: () => visible(value), enumerable: false });
}

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Gives the object a hidden `util.inspect` form that shows `visible` alone, so that logging it by accident
 * shows no secret. JSON and property access are as before.
 */
export function conceal<T extends object>(value: T, visible: (value: T) => object): T {
  return Object.defineProperty(value, INSPECT, { value: () => visible(value), enumerable: false });
}

import { isObject } from '@context-sdk/oauth-core/client-kit';

/** Whether a value of a record is what was written there. */
export type Shape = (value: unknown) => boolean;

export const isText: Shape = (value) => typeof value === 'string';
export const isNumber: Shape = (value) => Number.isFinite(value);
/** Epoch milliseconds of a moment that a `Date` can have. */
export const isTime: Shape = (value) => typeof value === 'number' && !Number.isNaN(new Date(value).getTime());

/** A time that one of our machines recorded, in epoch milliseconds. */
export const isMoment: Shape = (value) => isTime(value) && Number(value) >= 0;
/** A text that names something. An empty one would name nothing, or everything. */
export const isId: Shape = (value) => isText(value) && value !== '';
export const isCount: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isFlag: Shape = (value) => typeof value === 'boolean';

export function oneOf(...choices: readonly string[]): Shape {
  return (value) => choices.some((choice) => choice === value);
}

export function listOf(item: Shape): Shape {
  return (value) => Array.isArray(value) && value.every((one) => item(one));
}

/** An object with members of any name. */
export function mapOf(member: Shape): Shape {
  return (value) => isObject(value) && Object.values(value).every((one) => member(one));
}

/** An object with these members. Others may be there, too: later versions add some. */
export function shapeOf(
  members: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const needed = Object.entries(members);
  const others = Object.entries(optional);
  return (value) =>
    isObject(value) &&
    needed.every(([name, shape]) => shape(value[name])) &&
    others.every(([name, shape]) => value[name] === undefined || shape(value[name]));
}

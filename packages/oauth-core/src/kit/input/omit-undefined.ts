/** The same members, absent where they were undefined. */
export type WithoutUndefined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** The members that have a value: what the caller did not give is not sent. */
export function omitUndefined<T extends object>(value: T): WithoutUndefined<T> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as WithoutUndefined<T>;
}

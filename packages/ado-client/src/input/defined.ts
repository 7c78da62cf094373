type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** The members that have a value: what is not known is left out, not `undefined`. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}

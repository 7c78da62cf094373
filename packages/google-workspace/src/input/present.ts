/** Fields that are absent where they were undefined. */
export type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields without those that are undefined: what was not said is not sent. */
export function present<T extends object>(fields: T): Present<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<T>;
}

/** Ids that a batch gave to items of its own, by the negative id that stands for them. */
export type TemporaryIds = ReadonlyMap<number, number>;

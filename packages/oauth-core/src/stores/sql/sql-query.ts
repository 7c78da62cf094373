/** Runs one statement with its parameters, and gives its rows as objects. */
export type SqlQuery = (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

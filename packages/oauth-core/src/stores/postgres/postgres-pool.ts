/** What is used of `pg`: a `Pool`, or anything else that runs a statement with parameters. */
export interface PostgresPool {
  /** Runs one statement; `$1` stands for the first of the values. */
  query(text: string, values: unknown[]): Promise<{ rows: readonly unknown[]; rowCount: number | null }>;
}

declare module 'cloudflare:workers' {
  /** What is used of the class: an object with storage, which Workers call. */
  export class DurableObject {
    protected readonly ctx: {
      storage: { sql: { exec(query: string, ...values: unknown[]): { toArray(): unknown[] } } };
    };
  }
}

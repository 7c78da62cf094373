import type { ServiceRequest } from '../http/service.ts';
import type { SpecViolation } from '../spec/spec-check.ts';

/** What TickTick mended in requests, oldest first. */
export class Violations {
  readonly entries: SpecViolation[] = [];
  readonly #strict: boolean;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** Keeps what is wrong with a request. Returns whether it has to be refused for it. */
  report(
    { method, path }: ServiceRequest,
    operation: string,
    problems: readonly string[],
  ): 'refuse' | 'accept' {
    this.entries.push(...problems.map((problem) => ({ operation, method, path, problem })));
    return this.#strict && problems.length > 0 ? 'refuse' : 'accept';
  }
}

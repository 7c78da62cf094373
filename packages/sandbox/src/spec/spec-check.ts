import type { ServiceRequest } from '../http/service.ts';
import { checkOperation, type SpecOperation } from './operation.ts';

/** A request that a service's specification does not know in this form. */
export interface SpecViolation {
  /** The sandbox's name of the operation, as in {@link RecordedRequest.operation}. */
  readonly operation: string | undefined;
  readonly method: string;
  readonly path: string;
  /** In words. */
  readonly problem: string;
}

/** What a service's documents say. */
export interface Spec {
  readonly operations: readonly SpecOperation[];
  /** Whether the documents are about requests of this kind at all. */
  covers(request: ServiceRequest): boolean;
}

/** Holds requests against a specification, and keeps what it does not allow. */
export class SpecCheck {
  /** Oldest first. */
  readonly violations: SpecViolation[] = [];
  readonly #spec: Spec;

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  /** What is wrong with a request, in words. */
  check(request: ServiceRequest, operation: string | undefined): readonly string[] {
    const problems = this.#spec.covers(request) ? this.#problemsOf(request) : [];
    const { method, path } = request;
    this.violations.push(...problems.map((problem) => ({ operation, method, path, problem })));
    return problems;
  }

  /** If several operations match, the one with the fewest problems was meant. */
  #problemsOf(request: ServiceRequest): readonly string[] {
    const found = this.#spec.operations.flatMap((operation) => {
      const pathParams = operation.match(request);
      return pathParams ? [checkOperation(request, operation, pathParams)] : [];
    });
    const [fewest = ['the documents have no such method and path']] = found.toSorted(
      (left, right) => left.length - right.length,
    );
    return fewest;
  }
}

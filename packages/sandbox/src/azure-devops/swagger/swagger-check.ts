import type { ServiceRequest } from '../../http/service.ts';
import type { JsonValue } from '../../json.ts';
import { checkRequest } from './check-request.ts';
import { findOperations } from './find-operations.ts';
import { readOperations, type SwaggerOperation } from './swagger-document.ts';

/** A request that Microsoft's Swagger does not know in this form. */
export interface AzureDevOpsViolation {
  readonly operation: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly problem: string;
}

/** What the documents leave out, though the service has it: `$batch`, and deleting attachments (from 7.2 on). */
const UNDOCUMENTED: ReadonlySet<string> = new Set(['workItem.batch', 'attachment.delete']);

/** Holds requests against Swagger documents: only those of work item tracking and service hooks, if they are given. */
export class SwaggerCheck {
  readonly violations: AzureDevOpsViolation[] = [];
  readonly #operations: readonly SwaggerOperation[];
  readonly #areas: ReadonlySet<string>;

  constructor(documents: readonly unknown[]) {
    this.#operations = documents.flatMap((document) => readOperations(document as JsonValue));
    this.#areas = new Set(this.#operations.map(({ segments }) => areaOf(segments)));
  }

  check(request: ServiceRequest, operation: string | undefined): void {
    const area = areaOf(request.path.toLowerCase().split('/'));
    if (!this.#areas.has(area) || request.method === 'OPTIONS' || UNDOCUMENTED.has(operation ?? '')) return;
    for (const problem of this.#problemsOf(request)) {
      this.violations.push({ operation, method: request.method, path: request.path, problem });
    }
  }

  /** Where several operations fit, the one with the fewest problems was meant. */
  #problemsOf(request: ServiceRequest): readonly string[] {
    const found = findOperations(this.#operations, request);
    if (found.length === 0) return ['the documents have no such method and path'];
    const [fewest = []] = found
      .map((candidate) => checkRequest(request, candidate))
      .toSorted((left, right) => left.length - right.length);
    return fewest;
  }
}

function areaOf(segments: readonly string[]): string {
  return segments[segments.indexOf('_apis') + 1] ?? '';
}

import { ApiFailure } from '../api-failure.ts';
import type { Field } from '../fields/fields.ts';

/** What a field is compared with. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** `@Today - 7` has the offset -7; without one it is 0. */
  | { readonly kind: 'macro'; readonly name: string; readonly argument: string; readonly offset: number }
  | { readonly kind: 'field'; readonly field: Field };

export type Comparison =
  | '='
  | '<>'
  | '<'
  | '>'
  | '<='
  | '>='
  | 'contains'
  | 'contains words'
  | 'under'
  | 'in'
  | 'in group'
  | 'is empty';

/** A field of a query of links says whose it is; without one it is the link's. */
export interface QueryField extends Field {
  readonly side?: 'source' | 'target';
}

/** The WHERE clause as a tree. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  /** In any revision. */
  | { readonly kind: 'ever'; readonly part: Condition }
  | {
      readonly kind: 'compare';
      readonly field: QueryField;
      readonly comparison: Comparison;
      readonly operands: readonly Operand[];
    };

/** Which links of an item make it appear, and whether links are followed. */
export type LinkMode = 'mustcontain' | 'maycontain' | 'doesnotcontain' | 'recursive';

export interface Query {
  /** Undefined: the items themselves are asked for. */
  readonly links: { readonly mode: LinkMode } | undefined;
  readonly columns: readonly Field[];
  readonly where: Condition | undefined;
  readonly orderBy: readonly { readonly field: QueryField; readonly descending: boolean }[];
  /** `ASOF`: milliseconds since the epoch. */
  readonly asOf: number | undefined;
}

/** A query that cannot be read or run; the words are the sandbox's. */
export function syntaxFailure(message: string): ApiFailure {
  return new ApiFailure(400, 'SyntaxException', `TF51006: ${message}`);
}

export function unknownFieldFailure(name: string): ApiFailure {
  return new ApiFailure(
    400,
    'SyntaxException',
    `TF51005: The query references a field that does not exist. The error is caused by «[${name}]».`,
  );
}

export function unknownPathFailure(structure: 'area' | 'iteration', path: string): ApiFailure {
  return new ApiFailure(
    400,
    'SyntaxException',
    `TF51011: The specified ${structure} path does not exist. The error is caused by «'${path}'».`,
  );
}

export function tooManyResults(limit: number): ApiFailure {
  return new ApiFailure(
    400,
    'WorkItemTrackingQueryResultSizeLimitExceededException',
    `VS402337: The number of work items returned exceeds the size limit of ${limit}. Change the query to return fewer items.`,
  );
}

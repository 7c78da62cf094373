import type { Field } from '../fields/field.ts';

/** What a field is compared with. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** `@Today - 7` has the offset -7; for other macros it is 0. */
  | { readonly kind: 'macro'; readonly name: string; readonly offset: number }
  | { readonly kind: 'field'; readonly field: Field };

export type Comparison =
  '=' | '<>' | '<' | '>' | '<=' | '>=' | 'contains' | 'contains words' | 'under' | 'in' | 'is empty';

/** The WHERE clause as a tree. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare';
      readonly field: Field;
      readonly comparison: Comparison;
      readonly operands: readonly Operand[];
    };

export interface Query {
  readonly columns: readonly Field[];
  readonly where: Condition | undefined;
  readonly orderBy: readonly { readonly field: Field; readonly descending: boolean }[];
}

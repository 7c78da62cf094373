/** How a field's values look. */
export type FieldType =
  'string' | 'integer' | 'double' | 'boolean' | 'dateTime' | 'html' | 'history' | 'plainText' | 'treePath';

/** A field of the organisation. */
export interface Field {
  readonly name: string;
  readonly referenceName: string;
  readonly type: FieldType;
  /** Nobody can set it: the service does. */
  readonly readOnly: boolean;
  readonly isIdentity: boolean;
}

import { isJsonObject, type JsonObject, type JsonValue, textOf } from '../json.ts';

/** What a value must look like, whichever kind of document says so. */
export interface Schema {
  readonly type: 'any' | 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
  readonly nullable: boolean;
  /** Whether the service takes `TRUE`, and an enum's words in any case or by number. */
  readonly lenient: boolean;
  /** A key of FORMATS; others are not checked. */
  readonly format?: string | undefined;
  readonly enum?: readonly string[] | undefined;
  /** A function, because schemas can contain themselves. */
  readonly items?: () => Schema;
  /** The schema of a property; undefined if there is no such property. */
  readonly property?: (name: string) => Schema | undefined;
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/,
  int64: /^-?\d+$/,
  uint64: /^\d+$/,
  byte: /^[A-Za-z0-9\-_+/]*={0,2}$/,
};

/** What is wrong with a value, in words that begin with its place; empty if it fits. */
export function checkValue(schema: Schema, value: JsonValue, place: string): string[] {
  if (schema.type === 'any' || (value === null && schema.nullable)) return [];
  switch (schema.type) {
    case 'array':
      return checkArray(schema, value, place);
    case 'object':
      return isJsonObject(value) ? checkObject(schema, value, place) : [`${place} must be an object`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${place} must be true or false`];
    case 'integer':
      return Number.isInteger(value) ? [] : [`${place} must be a whole number`];
    case 'number':
      return typeof value === 'number' ? [] : [`${place} must be a number`];
    case 'string':
      return schema.enum ? checkEnum(schema, schema.enum, value, place) : checkString(schema, value, place);
  }
}

/** What is wrong with a value that a path or a query holds as text. */
export function checkText(schema: Schema, text: string, place: string): string[] {
  const isNumber = schema.type === 'integer' || (schema.lenient && schema.enum !== undefined);
  if (isNumber && /^-?\d+$/.test(text)) return checkValue(schema, Number(text), place);
  const word = schema.lenient ? text.toLowerCase() : text;
  const isBoolean = schema.type === 'boolean' && (word === 'true' || word === 'false');
  return checkValue(schema, isBoolean ? word === 'true' : text, place);
}

function checkArray({ items }: Schema, value: JsonValue, place: string): string[] {
  if (!Array.isArray(value)) return [`${place} must be a list`];
  const schema = items?.();
  return schema ? value.flatMap((item, index) => checkValue(schema, item, `${place}[${index}]`)) : [];
}

function checkObject({ property }: Schema, value: JsonObject, place: string): string[] {
  return Object.entries(value).flatMap(([name, item]) => {
    const schema = property?.(name);
    return schema ? checkValue(schema, item, `${place}.${name}`) : [`${place}.${name} is not known`];
  });
}

function checkEnum({ lenient }: Schema, words: readonly string[], value: JsonValue, place: string): string[] {
  const normalize = (word: string): string => (lenient ? word.toLowerCase() : word);
  const text = normalize(textOf(value));
  const fits = (lenient && typeof value === 'number') || words.some((word) => normalize(word) === text);
  return fits ? [] : [`${place} must be one of ${words.join(', ')}`];
}

function checkString({ format }: Schema, value: JsonValue, place: string): string[] {
  const is64Bit = format === 'int64' || format === 'uint64';
  const text = is64Bit && Number.isSafeInteger(value) ? textOf(value) : value;
  if (typeof text !== 'string') return [`${place} must be a text`];
  const fits = format === undefined || FORMATS[format]?.test(text) !== false;
  return fits ? [] : [`${place} must be a ${format}`];
}

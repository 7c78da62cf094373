import type { DiscoverySchema } from './document.ts';

const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/,
  int64: /^-?\d+$/,
  uint64: /^\d+$/,
  byte: /^[A-Za-z0-9\-_+/]*={0,2}$/,
};

/** What is wrong with a value, in words that begin with where it stands; empty where it fits. */
export function checkValue(
  value: unknown,
  schema: DiscoverySchema,
  schemas: Readonly<Record<string, DiscoverySchema>>,
  at: string,
): string[] {
  const known = schema.$ref === undefined ? schema : schemas[schema.$ref];
  if (!known) return [`${at}: there is no schema ${schema.$ref}.`];
  if (value === null || known.type === 'any') return [];
  if (known.type === 'array') return checkArray(value, known, schemas, at);
  if (known.type === 'object') return checkObject(value, known, schemas, at);
  return checkScalar(value, known, at);
}

function checkArray(
  value: unknown,
  { items }: DiscoverySchema,
  schemas: Readonly<Record<string, DiscoverySchema>>,
  at: string,
): string[] {
  if (!Array.isArray(value)) return [`${at} is no list.`];
  return items ? value.flatMap((item, index) => checkValue(item, items, schemas, `${at}[${index}]`)) : [];
}

function checkObject(
  value: unknown,
  { properties, additionalProperties }: DiscoverySchema,
  schemas: Readonly<Record<string, DiscoverySchema>>,
  at: string,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object.`];
  return Object.entries(value).flatMap(([name, item]) => {
    const schema = properties?.[name] ?? additionalProperties;
    return schema ? checkValue(item, schema, schemas, `${at}.${name}`) : [`${at}.${name} is unknown.`];
  });
}

function checkScalar(value: unknown, { type, format, enum: words }: DiscoverySchema, at: string): string[] {
  if (type === 'boolean') return typeof value === 'boolean' ? [] : [`${at} is not true or false.`];
  if (type === 'integer') return Number.isInteger(value) ? [] : [`${at} is no whole number.`];
  if (type === 'number') return typeof value === 'number' ? [] : [`${at} is no number.`];
  const is64 = format === 'int64' || format === 'uint64';
  const text = is64 && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string') return [`${at} is no text.`];
  if (format !== undefined && FORMATS[format]?.test(text) === false) return [`${at} is no ${format}.`];
  return words && !words.includes(text) ? [`${at} is none of ${words.join(', ')}.`] : [];
}

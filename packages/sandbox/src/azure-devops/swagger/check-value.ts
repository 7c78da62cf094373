import { textOf } from '../text-of.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { objectOf, resolve } from './swagger-document.ts';

/** What is wrong with a JSON value by its schema; `object` in these documents means anything. */
export function checkValue(
  root: JsonObject,
  schema: JsonObject,
  value: JsonValue,
  place: string,
): readonly string[] {
  const resolved = resolve(root, schema);
  const inherited = Array.isArray(resolved['allOf']) ? resolved['allOf'].map(objectOf) : [];
  const array = inherited.find((part) => part['type'] === 'array');
  if (array) return checkValue(root, array, value, place);
  if (Array.isArray(resolved['enum'])) return checkEnum(resolved['enum'], value, place);
  switch (resolved['type']) {
    case 'array':
      return checkArray(root, objectOf(resolved['items']), value, place);
    case 'integer':
      return Number.isInteger(value) ? [] : [`${place} must be a whole number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${place} must be true or false`];
    case 'string':
      return typeof value === 'string' ? [] : [`${place} must be a text`];
    default:
      return 'properties' in resolved ? checkObject(root, resolved, value, place) : [];
  }
}

function checkObject(
  root: JsonObject,
  schema: JsonObject,
  value: JsonValue,
  place: string,
): readonly string[] {
  if (!isJsonObject(value)) return [`${place} must be an object`];
  const properties = Object.entries(objectOf(schema['properties']));
  const known = new Map(properties.map(([name, property]) => [name.toLowerCase(), objectOf(property)]));
  return Object.entries(value).flatMap(([name, item]) => {
    const property = known.get(name.toLowerCase());
    if (!property) return [`${place}.${name} is not known`];
    // A JSON Patch value is declared an object and may be anything.
    const isAnything = property['type'] === 'object' && !('$ref' in property) && !('properties' in property);
    const inputs = objectOf(property['additionalProperties']);
    if ('type' in inputs) return checkInputs(inputs, item, `${place}.${name}`);
    return isAnything || item === null ? [] : checkValue(root, property, item, `${place}.${name}`);
  });
}

function checkInputs(schema: JsonObject, value: JsonValue, place: string): readonly string[] {
  if (!isJsonObject(value)) return [`${place} must be an object`];
  return Object.entries(value).flatMap(([name, item]) => checkValue({}, schema, item, `${place}.${name}`));
}

function checkArray(root: JsonObject, items: JsonObject, value: JsonValue, place: string): readonly string[] {
  if (!Array.isArray(value)) return [`${place} must be a list`];
  return value.flatMap((item, index) => checkValue(root, items, item, `${place}[${index}]`));
}

/** The service takes names in any case, and numbers for them. */
function checkEnum(allowed: readonly JsonValue[], value: JsonValue, place: string): readonly string[] {
  const text = textOf(value).toLowerCase();
  const fits = typeof value === 'number' || allowed.some((item) => textOf(item).toLowerCase() === text);
  return fits ? [] : [`${place} must be one of ${allowed.map(textOf).join(', ')}`];
}

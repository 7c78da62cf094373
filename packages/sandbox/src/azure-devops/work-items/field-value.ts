import type { JsonValue } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Field, FieldType } from '../fields/fields.ts';
import { readDate } from './read-date.ts';
import { ruleError } from './rule-error.ts';
import { wireDate } from './wire.ts';

const MAX_TEXT_LENGTHS: Readonly<Partial<Record<FieldType, number>>> = {
  string: 255,
  html: 1_000_000,
  history: 1_000_000,
};

/**
 * Characters that XML has not, which the service keeps its items in: "InvalidCharacters" of
 * https://learn.microsoft.com/en-us/previous-versions/visualstudio/visual-studio-2013/bb172017(v=vs.120), seen in
 * https://github.com/solidify/jira-azuredevops-migrator/issues/29 and https://github.com/nkdAgility/azure-devops-migration-tools/issues/1883
 */
const INVALID_CHARACTER = /(?![\t\n\r\x7F-\x9F])\p{Cc}|[\uFFFE\uFFFF\p{Surrogate}]/u;

/** A value in the field's type; numbers and booleans may come as text. */
export function readFieldValue(field: Field, value: JsonValue): string | number | boolean {
  if (typeof value === 'object') {
    throw new ApiFailure(
      400,
      'IdentityRefNotAcceptedException',
      `The field ${field.referenceName} does not accept an object.`,
    );
  }
  switch (field.type) {
    case 'integer':
    case 'double':
      return readNumber(field, value);
    case 'boolean':
      return readBoolean(field, value);
    case 'dateTime':
      return readDateTime(field, value);
    default:
      return readText(field, value);
  }
}

function readNumber(field: Field, value: string | number | boolean): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const fits = typeof number === 'number' && Number.isFinite(number);
  if (!fits || (field.type === 'integer' && !Number.isInteger(number))) {
    throw ruleError([{ field, flags: 'invalidType' }]);
  }
  return number;
}

function readBoolean(field: Field, value: string | number | boolean): boolean {
  const text = String(value).toLowerCase();
  if (!['true', 'false', '1', '0'].includes(text)) throw ruleError([{ field, flags: 'invalidType' }]);
  return text === 'true' || text === '1';
}

function readDateTime(field: Field, value: string | number | boolean): string {
  const ms = typeof value === 'string' ? readDate(value) : undefined;
  if (ms === undefined) throw ruleError([{ field, flags: 'invalidDate' }]);
  return wireDate(ms);
}

function readText(field: Field, value: string | number | boolean): string {
  const text = String(value);
  if (text.length > (MAX_TEXT_LENGTHS[field.type] ?? Number.POSITIVE_INFINITY)) {
    throw ruleError([{ field, flags: 'invalidTooLong' }]);
  }
  if (INVALID_CHARACTER.test(text)) throw ruleError([{ field, flags: 'invalidCharacters' }]);
  return text;
}

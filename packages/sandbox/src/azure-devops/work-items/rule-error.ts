import { isJsonObject, type JsonObject, type JsonValue, textOf } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Field } from '../fields/fields.ts';

/** A field that breaks a rule of its type. */
export interface BrokenRule {
  readonly field: Field;
  /** Such as `required, invalidEmpty`. */
  readonly flags: string;
}

/** TF401320: the first broken rule in the message, all of them under RuleValidationErrors. */
export function ruleError(broken: readonly BrokenRule[]): ApiFailure {
  const errors = broken.map(({ field, flags }) => describe(field, flags, messageOf(field, flags)));
  return failure(errors);
}

export function unknownIdentity(field: Field, value: JsonValue): ApiFailure {
  const name = isJsonObject(value) ? textOf(value['displayName']) : textOf(value);
  const text = `The identity value '${name}' for field '${field.name}' is an unknown identity.`;
  return failure([describe(field, 'invalidIdentity', text)], false);
}

/** A single error comes with or without the list: both are seen. */
function failure(errors: readonly JsonObject[], asList = true): ApiFailure {
  const [first = {}] = errors;
  return new ApiFailure(400, 'RuleValidationException', textOf(first['errorMessage']), {
    customProperties: {
      ErrorMessage: first['errorMessage'] ?? null,
      FieldReferenceName: first['fieldReferenceName'] ?? null,
      FieldStatusFlags: first['fieldStatusFlags'] ?? null,
      RuleValidationErrors: asList ? [...errors] : null,
    },
  });
}

function describe({ referenceName }: Field, flags: string, errorMessage: string): JsonObject {
  return {
    fieldReferenceName: referenceName,
    fieldStatusFlags: flags,
    errorMessage,
    ruleValidationErrors: null,
  };
}

function messageOf({ name }: Field, flags: string): string {
  const codes = flags.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return `TF401320: Rule Error for field ${name}. Error code: ${codes}.`;
}

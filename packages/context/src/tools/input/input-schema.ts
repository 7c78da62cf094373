import * as z from 'zod/mini';
import { INPUTS, type ToolInputs, type ToolName } from './inputs.ts';
import { JSON_SCHEMAS, type JsonSchema } from './json-schemas.ts';

/** One problem of an input, as Standard Schema reports it. */
export interface InputIssue {
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

/**
 * The input of a tool, by Standard Schema and Standard JSON Schema (https://standardschema.dev). The JSON Schema is an object whose
 * fields are all required: a field that need not be given is nullable.
 */
export interface InputSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'context-sdk';
    readonly validate: (
      value: unknown,
    ) => { readonly value: Record<string, unknown> } | { readonly issues: readonly InputIssue[] };
    readonly jsonSchema: {
      readonly input: (options: { readonly target: string }) => Record<string, unknown>;
      readonly output: (options: { readonly target: string }) => Record<string, unknown>;
    };
  };
}

/** The dialects of JSON Schema that the schemas are valid in. */
const DIALECTS: Readonly<Record<string, string>> = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

/** The schema of a tool's input. */
export function inputSchema(name: ToolName): InputSchema {
  const jsonSchema = ({ target }: { readonly target: string }): Record<string, unknown> => {
    const $schema = DIALECTS[target];
    if ($schema === undefined) throw new TypeError(`There is no schema for ${target}.`);
    return { $schema, ...structuredClone(JSON_SCHEMAS[name]) };
  };
  return {
    '~standard': {
      version: 1,
      vendor: 'context-sdk',
      validate(value) {
        const read = readInput(name, value);
        return 'issues' in read ? read : { value: { ...read.input } };
      },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}

/** Reads an input. A field that is absent counts as `null`: some models leave out what they don't need. */
export function readInput<Name extends ToolName>(
  name: Name,
  value: unknown,
): { input: ToolInputs[Name] } | { issues: InputIssue[] } {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const schema: JsonSchema = JSON_SCHEMAS[name];
  const absent = isObject ? nullableFields(schema).filter((field) => !(field in value)) : [];
  const whole = isObject ? { ...value, ...Object.fromEntries(absent.map((field) => [field, null])) } : value;
  const read = z.safeParse(INPUTS[name], whole);
  if (read.success) return { input: read.data };
  return { issues: read.error.issues.flatMap((issue) => issuesOf(issue, schema)) };
}

function nullableFields({ properties }: JsonSchema): string[] {
  return Object.entries(properties).flatMap(([field, { type }]) => (Array.isArray(type) ? [field] : []));
}

function issuesOf(issue: z.core.$ZodIssue, { properties }: JsonSchema): InputIssue[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(properties).join(', ');
    return issue.keys.map((key) => ({ message: `is not a field: there are ${known}`, path: [key] }));
  }
  return [{ message: problemOf(issue), path: issue.path }];
}

function withArticle(type: string): string {
  if (type === 'int') return 'a whole number';
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

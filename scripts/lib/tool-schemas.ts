import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { toJSONSchema } from 'zod';
import { INPUTS } from '../../packages/context/src/tools/input/inputs.ts';
import { ROOT } from './workspace.ts';

export const TOOL_SCHEMAS_FILE: string = join(ROOT, 'packages/context/src/tools/input/json-schemas.ts');

type Json = Record<string, unknown>;

/** The JSON Schemas of the assistants' tools, as a module. */
export async function renderToolSchemas(): Promise<string> {
  const schemas = Object.fromEntries(
    Object.entries(INPUTS).map(([name, input]) => [name, plain(toJSONSchema(input))]),
  );
  const source = `// Written by \`npm run generate\` from inputs.ts.

/** The JSON Schema of a tool's input. */
export interface JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, { readonly type: string | readonly string[]; readonly [more: string]: unknown }>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

export const JSON_SCHEMAS: Readonly<Record<${Object.keys(schemas)
    .map((name) => `'${name}'`)
    .join(' | ')}, JsonSchema>> = ${JSON.stringify(schemas)};
`;
  const options = await resolveConfig(TOOL_SCHEMAS_FILE);
  return await format(source, { ...options, filepath: TOOL_SCHEMAS_FILE });
}

/** Without the dialect, and with `type: [T, 'null']` for what may be null: shorter, and understood by more providers than `anyOf`. */
function plain(schema: Json): Json {
  const { type, required, additionalProperties } = schema;
  const properties = Object.entries(schema['properties'] as Record<string, Json>);
  return {
    type,
    properties: Object.fromEntries(properties.map(([name, field]) => [name, withoutAnyOf(field)])),
    required,
    additionalProperties,
  };
}

function withoutAnyOf({ anyOf, ...field }: Json): Json {
  if (!Array.isArray(anyOf)) return field;
  const { type, enum: values, ...rest } = anyOf[0] as Json;
  const nullable = Array.isArray(values) ? { enum: [...values, null] } : {};
  return { ...field, type: [type, 'null'], ...nullable, ...rest };
}

import type { AdoCall } from '../wire.ts';

/** A field as a type has it. */
export interface WorkItemTypeField {
  referenceName: string;
  /** Localized. */
  name: string;
  alwaysRequired?: boolean;
  /** What a new item has. */
  defaultValue?: unknown;
  /** Empty: anything that fits the field's type. */
  allowedValues?: unknown[];
  helpText?: string;
  [more: string]: unknown;
}

export async function typeFields(call: AdoCall, project: string, type: string): Promise<WorkItemTypeField[]> {
  const response = await call.send('types.fields', { params: { project, type }, query: { $expand: 'all' } });
  return response.member('value').list<WorkItemTypeField>({ referenceName: 'string' });
}

import { invalid } from '../errors.ts';
import { checkObject, checkText } from '../input.ts';
import { type RichText, wireText } from '../model/rich-text.ts';
import { fieldOperations, type PatchOperation } from './field-operations.ts';
import type { IdentityInput, WorkItemInput } from './work-item-input.ts';

/** Names of this client for fields, in the order in which they are sent. */
const NAMES = {
  title: 'System.Title',
  description: 'System.Description',
  reproSteps: 'Microsoft.VSTS.TCM.ReproSteps',
  assignedTo: 'System.AssignedTo',
  state: 'System.State',
  reason: 'System.Reason',
  areaPath: 'System.AreaPath',
  iterationPath: 'System.IterationPath',
  priority: 'Microsoft.VSTS.Common.Priority',
} as const;

type Input = WorkItemInput & {
  description?: RichText | null | undefined;
  reproSteps?: RichText | null | undefined;
  assignedTo?: IdentityInput | null | undefined;
  priority?: number | null | undefined;
};

function checkInput(input: Input, at: string): void {
  for (const name of ['title', 'state', 'reason', 'areaPath', 'iterationPath'] as const) {
    if (input[name] !== undefined) checkText(input[name], `${at}${name}`);
  }
  for (const name of ['areaPath', 'iterationPath'] as const) {
    if (input[name]?.startsWith('\\'))
      throw invalid(`${at}${name}`, 'begins with a backslash: it begins with the project');
  }
  if (input.priority !== undefined && input.priority !== null && !Number.isInteger(input.priority)) {
    throw invalid(`${at}priority`, 'is not a whole number');
  }
  for (const name of ['description', 'reproSteps', 'history'] as const) {
    const text = input[name];
    if (text !== undefined && text !== null) wireText(text, `${at}${name}`);
  }
  if (input.fields !== undefined) checkObject(input.fields, `${at}fields`);
}

/** The fields of an input; `at` stands before their names in errors. */
export function inputOperations(input: Input, at: string): PatchOperation[] {
  checkInput(input, at);
  const operations = Object.entries(NAMES).flatMap(([name, referenceName]) =>
    fieldOperations(referenceName, input[name as keyof typeof NAMES], `${at}${name}`),
  );
  const others = Object.entries(input.fields ?? {}).flatMap(([name, value]) => {
    const given = operations.some(({ path }) => path === `/fields/${name}`);
    if (given) throw invalid(`${at}fields.${name}`, 'is given twice');
    return fieldOperations(name, value, `${at}fields.${name}`);
  });
  return [...operations, ...others, ...fieldOperations('System.History', input.history, `${at}history`)];
}

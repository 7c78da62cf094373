import { checkList, checkText } from '../input/checked-object.ts';
import { invalid } from '../input/invalid.ts';
import { optionalProject } from '../input/needed-project.ts';
import type { Expand, ReadOptions } from './options.ts';

/** A read in the form that goes over the wire. */
export interface WireRead {
  fields: string[] | undefined;
  expand: Expand | undefined;
  asOf: string | undefined;
  project: string | undefined;
}

const EXPANDS: ReadonlySet<string> = new Set(['none', 'relations', 'fields', 'links', 'all']);

export function checkedExpand(expand: Expand | undefined): Expand | undefined {
  if (expand !== undefined && !EXPANDS.has(expand))
    throw invalid('expand', `is none of ${[...EXPANDS].join(', ')}`);
  return expand;
}

function time(asOf: Date | string | undefined): string | undefined {
  if (asOf === undefined) return undefined;
  const date = new Date(asOf);
  if (Number.isNaN(date.getTime())) throw invalid('asOf', 'is no time');
  return date.toISOString();
}

export function checkedRead({ fields, expand, asOf, project }: ReadOptions = {}): WireRead {
  if (fields !== undefined && expand !== undefined) {
    throw invalid('expand', "can't be used together with fields (ConflictingParametersException)");
  }
  if (fields !== undefined) checkList(fields, 'fields');
  for (const [index, field] of (fields ?? []).entries()) checkText(field, `fields[${index}]`);
  return {
    fields: fields && [...fields],
    expand: checkedExpand(expand),
    asOf: time(asOf),
    project: optionalProject(project),
  };
}

import type { Organization } from '../organization/organization.ts';
import { PARENT_REL } from './relation-types.ts';
import { FAR_FUTURE, wireDate } from './wire.ts';
import { type Fields, type FieldValue, type Revision, textField, type WorkItem } from './work-item.ts';

/** The fields that every answer carries: what was set, and what the service adds. */
export function coreFields(item: WorkItem, revision: Revision): Fields {
  const first = item.revisions[0] ?? revision;
  const parent = revision.relations.find(({ rel }) => rel === PARENT_REL)?.target;
  const { 'System.History': said, ...fields } = revision.fields;
  return {
    ...fields,
    'System.CreatedDate': wireDate(first.at),
    'System.CreatedBy': first.by,
    'System.ChangedDate': wireDate(revision.at),
    'System.ChangedBy': revision.by,
    'System.CommentCount': commentCount(item, revision),
    ...(parent !== undefined && { 'System.Parent': parent }),
    ...(said !== undefined && { 'System.History': said }),
  };
}

/** The fields with the bookkeeping ones, as `$expand=fields` and `all` give them. */
export function allFields(organization: Organization, item: WorkItem, revision: Revision): Fields {
  const next = item.revisions[revision.rev];
  const fields = coreFields(item, revision);
  return {
    'System.Id': item.id,
    'System.Rev': revision.rev,
    'System.AuthorizedDate': wireDate(revision.at),
    'System.AuthorizedAs': revision.by,
    'System.RevisedDate': next ? wireDate(next.at) : FAR_FUTURE,
    'System.PersonId': 77_331 + organization.people.findIndex(({ id }) => id === revision.by.id),
    'System.Watermark': revision.watermark,
    'System.HyperLinkCount': revision.relations.filter(({ rel }) => rel === 'Hyperlink').length,
    ...levels(textField(fields, 'System.AreaPath'), 'Area', areaNumber(organization, fields, 'areas')),
    ...levels(
      textField(fields, 'System.IterationPath'),
      'Iteration',
      areaNumber(organization, fields, 'iterations'),
    ),
    ...fields,
  };
}

function commentCount({ comments }: WorkItem, { rev }: Revision): number {
  return comments.filter((comment) => !comment.deleted && comment.rev <= rev).length;
}

function levels(path: string, kind: 'Area' | 'Iteration', id: number): Record<string, FieldValue> {
  const names = path.split('\\');
  const result: Record<string, FieldValue> = { [`System.${kind}Id`]: id };
  if (kind === 'Area') result['System.NodeName'] = names.at(-1) ?? '';
  for (const [index, name] of names.entries()) result[`System.${kind}Level${index + 1}`] = name;
  return result;
}

function areaNumber(organization: Organization, fields: Fields, tree: 'areas' | 'iterations'): number {
  const project = organization.findProject(textField(fields, 'System.TeamProject'));
  const field = tree === 'areas' ? 'System.AreaPath' : 'System.IterationPath';
  return project?.[tree].find(textField(fields, field))?.id ?? 0;
}

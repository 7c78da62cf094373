import { emptyResponse } from '../../http/responses.ts';
import type { JsonObject } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  inPreview,
  listOf,
  pathParam,
  reading,
  requiredProject,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import type { TagDefinition } from '../organization/tag-definitions.ts';
import { draftOf } from '../work-items/draft.ts';
import { save } from '../work-items/save.ts';
import { formatTags, parseTags } from '../work-items/tags.ts';
import { current, textField } from '../work-items/work-item.ts';

/** Tags of a project. Renaming or deleting one changes every item that has it. */
export const TAG_ROUTES: readonly ApiRoute[] = [
  reading('tag.list', 'GET wit/tags', (call) =>
    listOf([...call.organization.tags.of(requiredProject(call)).values()].map((tag) => show(call, tag))),
  ),
  reading('tag.get', 'GET wit/tags/{tag}', (call) => show(call, find(call))),
  writing('tag.update', 'PATCH wit/tags/{tag}', (call) => {
    const project = requiredProject(call);
    const tag = find(call);
    const name = property(readObject(call.request), 'name');
    if (typeof name !== 'string' || name.trim() === '' || /[;,]/.test(name)) {
      throw invalidValue('The name of a tag must not be empty, nor hold a comma or semicolon.');
    }
    const other = call.organization.tags.find(project, name);
    if (other !== undefined && other !== tag) throw tagExists(name);
    replaceTag(call, tag.name, name);
    call.organization.tags.rename(project, tag, name);
    return show(call, tag);
  }),
  writing('tag.delete', 'DELETE wit/tags/{tag}', (call) => {
    const tag = find(call);
    replaceTag(call, tag.name, undefined);
    call.organization.tags.delete(requiredProject(call), tag);
    return emptyResponse(204);
  }),
].map(inPreview);

function find(call: ApiCall): TagDefinition {
  const name = pathParam(call, 'tag');
  const tag = call.organization.tags.find(requiredProject(call), name);
  if (!tag) throw new ApiFailure(404, 'TagNotFoundException', `VS402373: The tag ${name} does not exist.`);
  return tag;
}

function tagExists(name: string): ApiFailure {
  return new ApiFailure(400, 'DuplicateTagNameException', `A tag with the name ${name} already exists.`);
}

function show(call: ApiCall, { id, name }: TagDefinition): JsonObject {
  const { url } = call.organization;
  return { id, name, url: `${url}/${requiredProject(call).id}/_apis/wit/tags/${id}` };
}

/** Gives every item of the project another tag in the place of one, or none. */
function replaceTag(call: ApiCall, name: string, other: string | undefined): void {
  const { organization, caller } = call;
  const project = requiredProject(call);
  for (const item of organization.items.values()) {
    const tags = parseTags(textField(current(item).fields, 'System.Tags'));
    if (organization.projectOf(item) !== project || !tags.some((tag) => isSame(tag, name))) continue;
    const kept = tags.flatMap((tag) => (isSame(tag, name) ? (other ?? []) : tag));
    const draft = draftOf(item, project);
    const text = formatTags(kept);
    if (text === '') delete draft.fields['System.Tags'];
    else draft.fields['System.Tags'] = text;
    save(organization, draft, { by: organization.identityOf(caller.person), notify: true });
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

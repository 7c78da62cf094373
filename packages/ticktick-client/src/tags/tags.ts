import type { CallOptions } from '@context-sdk/oauth-core';
import { errors } from '../errors.ts';
import { checkFields, checkText } from '../input.ts';
import type { TickTickService } from '../operations.ts';
import { listRows, rowOf, type RowShape } from '../rows.ts';
import type { ListOptions } from '../skipped.ts';

/** Who a tag belongs to, in TickTick's numbers. */
export const TagType = { personal: 1, team: 2 } as const;
export type TagType = (typeof TagType)[keyof typeof TagType];

/** A tag of the user's list. Tasks refer to it by its `name`. Also has the fields that are not listed here. */
export interface Tag {
  /** The label in lower case. */
  name: string;
  label?: string;
  sortOrder?: number;
  color?: string;
  /** The name of the tag that contains this one. */
  parent?: string;
  type?: TagType | (number & {});
}

/** A tag to create. */
export interface TagInput {
  /** In lower case, without surrounding spaces, at most 64 characters, as `length` counts them. */
  name: string;
  /** As the app shows it: the name in any case. Default: the name. */
  label?: string | undefined;
}

const TAG: RowShape<Tag> = {
  key: 'name',
  fields: { string: 'label color parent', number: 'sortOrder type' },
};

/** The name of the tag with this label, which is what tasks and filters carry: `work` for `Work`. */
export function tagName(label: string): string {
  if (typeof label !== 'string') throw errors.invalid('label', 'is not a string');
  return label.trim().toLowerCase();
}

function withLabel(input: TagInput): Required<TagInput> {
  checkFields(input, 'tag');
  const { name, label = name } = input;
  checkText(name, 'name', 64);
  if (name !== name.toLowerCase()) throw errors.invalid('name', 'is not in lower case');
  if (name !== name.trim()) throw errors.invalid('name', 'begins or ends with a space');
  checkText(label, 'label', 64);
  if (label.toLowerCase() !== name) throw errors.invalid('label', 'is not the name in upper or lower case');
  return { ...input, label };
}

/** The user's own list of tags. The Open API can neither change nor delete one. */
export class Tags {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /**
   * The list of tags. It can be empty though tasks have tags, as observed in production: to know which tags are in use,
   * look at the tasks. Scope `tasks:read`.
   */
  async list(options?: ListOptions): Promise<Tag[]> {
    return await listRows(this.#service, 'tags.list', {}, TAG, options);
  }

  /**
   * The labels of tags by their names: what the app shows for the `tags` of tasks. A tag that the list doesn't have is shown by
   * its name. One request. Scope `tasks:read`.
   */
  async labels(names: readonly string[], options?: ListOptions): Promise<Map<string, string>> {
    const labels = new Map((await this.list(options)).map(({ name, label }) => [name, label || name]));
    return new Map(names.map((name) => [name, labels.get(tagName(name)) ?? name]));
  }

  /**
   * Creates a tag. A task can have tags that were not created first. Not retried if the response is lost. Scope
   * `tasks:write`. Documented; there is no recording of a response.
   */
  async create(input: TagInput, options?: CallOptions): Promise<Tag> {
    const json = withLabel(input);
    return rowOf(await this.#service.call(options).send('tags.create', { json }), TAG);
  }
}

import { type Random, uuidFrom } from '../../random.ts';
import type { Project } from './project.ts';

/** A tag of a project, which stays when no item has it any more. */
export interface TagDefinition {
  readonly id: string;
  name: string;
}

/** The tags of an organization's projects. Their names differ by more than case. */
export class TagDefinitions {
  readonly #byProject = new Map<string, Map<string, TagDefinition>>();
  readonly #ids: Random;

  constructor(ids: Random) {
    this.#ids = ids;
  }

  of({ id }: Project): Map<string, TagDefinition> {
    const present = this.#byProject.get(id) ?? new Map<string, TagDefinition>();
    this.#byProject.set(id, present);
    return present;
  }

  /** Keeps the names that are new. */
  note(project: Project, names: readonly string[]): void {
    const tags = this.of(project);
    for (const name of names) {
      const key = name.toLowerCase();
      if (!tags.has(key)) tags.set(key, { id: uuidFrom(this.#ids), name });
    }
  }

  /** By name or id, in any case. */
  find(project: Project, nameOrId: string): TagDefinition | undefined {
    const wanted = nameOrId.toLowerCase();
    return this.of(project).get(wanted) ?? [...this.of(project).values()].find(({ id }) => id === wanted);
  }

  rename(project: Project, tag: TagDefinition, name: string): void {
    this.delete(project, tag);
    tag.name = name;
    this.of(project).set(name.toLowerCase(), tag);
  }

  delete(project: Project, { name }: TagDefinition): void {
    this.of(project).delete(name.toLowerCase());
  }
}

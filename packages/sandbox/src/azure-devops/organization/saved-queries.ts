import { type Random, uuidFrom } from '../../random.ts';
import type { IdentityRef } from './person.ts';
import type { Project } from './project.ts';

/** A query, or a folder of queries. */
export interface SavedQuery {
  readonly id: string;
  /** `Shared Queries/Open bugs`. */
  path: string;
  wiql: string;
  readonly isFolder: boolean;
  readonly by: IdentityRef;
  readonly at: number;
}

/** The saved queries of an organization's projects, each of which begins with two folders. */
export class SavedQueries {
  readonly #byProject = new Map<string, SavedQuery[]>();
  readonly #creator: IdentityRef;
  readonly #ids: Random;

  constructor(creator: IdentityRef, ids: Random) {
    this.#creator = creator;
    this.#ids = ids;
  }

  of(project: Project): SavedQuery[] {
    const present =
      this.#byProject.get(project.id) ?? ['My Queries', 'Shared Queries'].map((path) => this.#folder(path));
    this.#byProject.set(project.id, present);
    return present;
  }

  /** By id or path, in any case. */
  find(project: Project, idOrPath: string): SavedQuery | undefined {
    const wanted = idOrPath.toLowerCase();
    return this.of(project).find(({ id, path }) => id === wanted || path.toLowerCase() === wanted);
  }

  childrenOf(project: Project, folder: string): readonly SavedQuery[] {
    return this.of(project).filter(
      ({ path }) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) === folder,
    );
  }

  add(project: Project, query: Omit<SavedQuery, 'id'>): SavedQuery {
    const added = { id: uuidFrom(this.#ids), ...query };
    this.of(project).push(added);
    return added;
  }

  rename(project: Project, query: SavedQuery, name: string): void {
    const to = `${query.path.slice(0, query.path.lastIndexOf('/') + 1)}${name}`;
    for (const one of this.#withBelow(project, query)) one.path = to + one.path.slice(query.path.length);
  }

  delete(project: Project, query: SavedQuery): void {
    const all = this.of(project);
    for (const one of this.#withBelow(project, query)) all.splice(all.indexOf(one), 1);
  }

  #withBelow(project: Project, { path }: SavedQuery): readonly SavedQuery[] {
    const below = this.of(project).filter((one) => one.path.startsWith(`${path}/`));
    return [...below, ...this.of(project).filter((one) => one.path === path)];
  }

  #folder(path: string): SavedQuery {
    return { id: uuidFrom(this.#ids), path, wiql: '', isFolder: true, by: this.#creator, at: 0 };
  }
}

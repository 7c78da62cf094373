import type { SideNow } from '../../src/links/link-state.ts';
import type { LinkField, SideKind } from '../../src/options/links-options.ts';

/** What each service makes of a title. */
const NORMALIZE: Readonly<Record<SideKind, (title: string) => string>> = {
  task: (title) => title.replaceAll('\r\n', '\n').trim(),
  'work-item': (title) => title.replace(/\s+/g, ' ').trim().slice(0, 255),
  block: (title) => title.normalize('NFC').trimEnd().slice(0, 1024),
  draft: (title) => title.replace(/[\r\n]+/g, ' ').trim(),
};

/** One item in one service: it normalizes what it stores and counts its versions. */
export class Item {
  readonly kind: SideKind;
  readonly id: string;
  title: string;
  status: string | undefined;
  version = 1;
  isGone = false;
  /** The title that we wrote last, which a block's link keeps. */
  written: string;
  /** The title of every version. */
  readonly titles: string[];

  constructor(kind: SideKind, id: string, title: string) {
    this.kind = kind;
    this.id = id;
    this.title = NORMALIZE[kind](title);
    this.written = title;
    this.titles = ['', this.title];
    this.status = kind === 'task' || kind === 'work-item' ? 'open' : undefined;
  }

  /** What a reader sees. `known` is what was stored of the side. */
  read(knownVersion: string | undefined, isUnexplained: boolean): SideNow {
    const { kind, id } = this;
    const common = { kind, id, owner: 'o' };
    if (this.isGone) return { ...common, fields: {}, isGone: true };
    const written = this.#proof(knownVersion, isUnexplained);
    const isFollower = kind === 'draft';
    return {
      ...common,
      version: String(this.version),
      fields: {
        title: {
          value: this.title,
          ...(written !== undefined && { written }),
          ...(isFollower && { isFollower }),
        },
        ...(this.status !== undefined && { status: { value: this.status } }),
      },
    };
  }

  /** Somebody edits it. */
  edit(field: LinkField, value: string): void {
    if (field === 'title') this.title = NORMALIZE[this.kind](value);
    else this.status = value;
    this.#count();
  }

  /** A write of ours, with a condition. Whether it was accepted. */
  write(field: LinkField, value: string, version: string | undefined): boolean {
    if (this.isGone || String(this.version) !== version) return false;
    if (field === 'title') this.written = value;
    this.edit(field, value);
    return true;
  }

  #count(): void {
    this.version += 1;
    this.titles[this.version] = this.title;
  }

  /** TickTick proves nothing; a block has what was written in its link; Azure DevOps has all revisions. */
  #proof(knownVersion: string | undefined, isUnexplained: boolean): string | undefined {
    if (this.kind === 'block') return this.written;
    if (this.kind !== 'work-item' || !isUnexplained) return undefined;
    const next = Number(knownVersion) + 1;
    return next < this.version ? this.titles[next] : undefined;
  }
}

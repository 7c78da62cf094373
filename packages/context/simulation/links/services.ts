import type { LinkWrite, SideNow, SideState } from '../../src/links/link-state.ts';
import { isSameValue, isWritten } from '../../src/links/link-values.ts';
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
  /** Whether it is a task that repeats: it has no status that could be linked. */
  isRecurring = false;
  /** A task's place in its list, which a write of ours moves by one. */
  order = 0;
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
  read(known?: SideState): SideNow {
    const { kind, id } = this;
    const common = { kind, id, owner: 'o' };
    if (this.isGone) return { ...common, fields: {}, isGone: true };
    const written = this.#proof(known);
    const isFollower = kind === 'draft';
    return {
      ...common,
      version: String(this.version),
      ...(kind === 'task' && { mark: this.order }),
      fields: {
        title: {
          value: this.title,
          ...(written !== undefined && { written }),
          ...(isFollower && { isFollower }),
        },
        ...(this.status !== undefined && !this.isRecurring && { status: { value: this.status } }),
      },
    };
  }

  /** Somebody edits it. */
  edit(field: LinkField, value: string): void {
    if (field === 'title') this.title = NORMALIZE[this.kind](value);
    else if (this.status !== undefined) this.status = value;
    this.#count();
  }

  /** A write of ours, with a condition. Whether it was accepted. */
  write({ field, value, mark, isRemoval }: LinkWrite, version: string | undefined): boolean {
    if (this.isGone || String(this.version) !== version) return false;
    if (isRemoval && this.kind === 'draft') this.isGone = true;
    if (field === 'title') {
      this.written = value;
      this.order = mark ?? this.order;
    }
    this.edit(field, value);
    return true;
  }

  #count(): void {
    this.version += 1;
    this.titles[this.version] = this.title;
  }

  /** A task has the mark of our write, a block its link with what was written, and Azure DevOps all revisions. */
  #proof(known: SideState | undefined): string | undefined {
    const { seen = '', tried = [] } = known?.fields.title ?? {};
    if (this.kind === 'block') return this.written;
    if (this.kind === 'task') return tried.find(({ mark }) => mark === this.order)?.value;
    const isExplained =
      isSameValue('title', this.title, seen) ||
      tried.some(({ value }) => isWritten('title', this.title, value));
    if (this.kind !== 'work-item' || tried.length === 0 || isExplained) return undefined;
    const next = Number(known?.version) + 1;
    return next < this.version ? this.titles[next] : undefined;
  }
}

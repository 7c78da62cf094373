export { foreignText } from './text/foreign-text.ts';
export { toText, type Viewable } from './text/to-text.ts';
export type { Target, TextOptions } from './text/view.ts';

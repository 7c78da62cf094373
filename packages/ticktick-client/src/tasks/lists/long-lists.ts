/** Lists that go on past TickTick's caps, and the search: loaded with the first of them. */
export { listCompleted } from './list-completed.ts';
export { listDue } from './list-due.ts';
export { listFiltered } from './list-filtered.ts';
export { wireSearch } from './task-search.ts';

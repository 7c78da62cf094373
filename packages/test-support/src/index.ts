export { damaged } from './damaged.ts';
export { failure } from './failure.ts';
export { NO_TEXTS, ODD_TEXTS } from './odd-texts.ts';
export {
  answering,
  IMPATIENT,
  type Reply,
  type SentRequest,
  type StubbedFetch,
  UNLIMITED,
} from './stub-fetch.ts';

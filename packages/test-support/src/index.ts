export { failure } from './failure.ts';
export { answering, IMPATIENT, type Reply, type SentRequest, type StubbedFetch } from './stub-fetch.ts';

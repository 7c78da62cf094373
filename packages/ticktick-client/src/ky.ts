/** A module of its own, so that a bundle holds no more of ky than this: `import('ky')` would keep all its exports. */
export { default as ky } from 'ky';

import type { NextConfig } from 'next';

export default {
  // The folder's own lock file, not one above it, says where the project begins.
  outputFileTracingRoot: import.meta.dirname,
} satisfies NextConfig;

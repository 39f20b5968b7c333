import type { Plugin } from 'vite';

export function styleNonce(): Plugin;

import type { Plugin } from 'vite'

export const pagePolicy: string
export const isolationHeaders: Record<string, string>
export const hostHeaders: Record<string, string>
export function policyInPage(): Plugin

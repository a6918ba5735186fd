import type { Plugin } from 'vite'

export const noticesFile: string
export function notices(): { collect: () => Plugin; write: () => Plugin }
export function packageOf(id: string): string | null

import type { IncomingMessage, ServerResponse } from 'node:http'

/** Serves the files of a folder on a free port; resolves to its address and a function that ends it. */
export function serve(
  folder: string,
  options?: {
    path?: string
    isolated?: boolean
    reports?: string[]
    answer?: (name: string, request: IncomingMessage, response: ServerResponse) => boolean
  },
): Promise<{ url: string; close: () => void }>

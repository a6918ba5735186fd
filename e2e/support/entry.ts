import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { isolationHeaders } from '../../tools/headers.mjs'
import { threadedWasm } from '../../vite.config'

/** The files of an entry, by name; the entry itself is `entry.js`. */
export type BuiltEntry = ReadonlyMap<string, string | Buffer>

/** Builds a module of `e2e/support` as the site is built, to be run in a page of its own. */
export async function buildEntry(module: string): Promise<BuiltEntry> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [threadedWasm()],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `e2e/support/${module}`, formats: ['es'], fileName: 'entry' },
    },
  })
  return new Map(
    [built]
      .flat()
      .flatMap((result) => ('output' in result ? result.output : []))
      .map((file) => [file.fileName, file.type === 'chunk' ? file.code : Buffer.from(file.source)]),
  )
}

interface EntryPage {
  /** A folder whose files lie beside the entry. */
  readonly beside?: string
  /** Whether the page is cross-origin isolated, which gives wasm its threads. */
  readonly isolated?: boolean
}

/** Opens a page with nothing but an entry to be imported in it, as `entry.js`. */
export async function openEntry(page: Page, files: BuiltEntry, { beside, isolated }: EntryPage = {}): Promise<void> {
  const headers = isolated ? isolationHeaders : {}
  await page.route('**/entry/**', (route) => {
    const name = new URL(route.request().url()).pathname.replace(/^.*\/entry\//, '')
    if (name === '')
      return route.fulfill({ body: '<!doctype html><title>entry</title>', contentType: 'text/html', headers })
    const body = files.get(name) ?? (beside === undefined ? undefined : readFileSync(join(beside, name)))
    const contentType = name.endsWith('js') ? 'text/javascript' : undefined
    return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body, contentType, headers })
  })
  await page.goto('entry/')
}

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { build } from 'vite'
import { hostHeaders } from './headers.mjs'

/** The name of the service worker beside the page; it must stay, since browsers look for newer ones there. */
const workerName = 'offline.js'

/**
 * Builds the service worker (src/workers/offline.worker.ts) after the site, with the list of all files of the site in it. One
 * changed file changes the list, and so the worker, which is how browsers notice a new version.
 * @returns {import('vite').Plugin}
 */
export function offline() {
  let folder = ''
  return {
    name: 'offline',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        // Not there if the build failed.
        if (!existsSync(join(folder, 'index.html'))) return
        await build({
          configFile: false,
          logLevel: 'warn',
          define: { __SITE__: JSON.stringify(filesOf(folder)), __HEADERS__: JSON.stringify(hostHeaders) },
          build: {
            outDir: folder,
            emptyOutDir: false,
            copyPublicDir: false,
            target: 'es2022',
            rolldownOptions: {
              input: 'src/workers/offline.worker.ts',
              output: { format: 'iife', entryFileNames: workerName },
            },
          },
        })
      },
    },
  }
}

/** All files that the page may ask for. Names under `assets/` tell the version themselves. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((url) => url !== workerName && !url.endsWith('.md'))
    .sort()
    .map((url) => ({ url, revision: url.startsWith('assets/') ? null : hashOf(join(folder, url)) }))
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)
}

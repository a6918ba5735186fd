import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { packageOf } from './notices.mjs'

/** Where it stands of the last build which scripts the page and each worker have, and what is in them. */
export const bundlesFile = '.cache/bundles.json'

/**
 * Notes which scripts the page and each worker have, and which packages and modules of ours are in each, for
 * tools/budget.mjs. `collect` notes what a build of a worker holds, `write` does so for the page's and writes.
 * @returns {{ collect: () => import('vite').Plugin, write: () => import('vite').Plugin }}
 */
export function bundles() {
  const found = new Map()
  let folder = ''
  const note = (output) => {
    const chunks = Object.values(output).filter(({ type }) => type === 'chunk')
    for (const entry of chunks.filter(({ isEntry }) => isEntry)) {
      const name = entry.name.endsWith('.worker') ? entry.name : 'page'
      found.set(name, { first: staticallyFrom(entry.fileName, output), scripts: chunks.map(scriptOf) })
    }
  }
  return {
    collect: () => ({ name: 'bundles-of-worker', generateBundle: (_, output) => note(output) }),
    write: () => ({
      name: 'bundles',
      apply: 'build',
      configResolved({ root, build: { outDir } }) {
        folder = relative(root, join(root, outDir))
      },
      generateBundle: (_, output) => note(output),
      writeBundle() {
        mkdirSync('.cache', { recursive: true })
        writeFileSync(bundlesFile, JSON.stringify({ folder, bundles: Object.fromEntries(found) }))
      },
    }),
  }
}

/** The entry and all scripts that must be there before it runs. */
function staticallyFrom(entry, output) {
  const all = new Set([entry])
  for (const file of all) for (const other of output[file].imports) if (output[other]) all.add(other)
  return [...all]
}

function scriptOf({ fileName, modules }) {
  const ids = Object.keys(modules).filter((id) => modules[id].renderedLength !== 0)
  const folders = ids.flatMap((id) => packageOf(id) ?? [])
  const packages = folders.map((folder) => folder.replaceAll('\\', '/').split('node_modules/').at(-1))
  return {
    file: fileName,
    packages: [...new Set(packages)].map((name) => name.replace(/\/$/, '')).sort(),
    modules: ids.flatMap(moduleOf).sort(),
  }
}

/** The path of a module of ours, as `src/graph/types.ts`. */
function moduleOf(id) {
  const path = relative(process.cwd(), id.replace(/[?#].*$/, '')).replaceAll('\\', '/')
  return path.startsWith('src/') ? [path] : []
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file of the site that holds them. */
export const noticesFile = 'notices.txt'

/** Built into the service worker, which is a build of its own, with what it depends on. */
const inServiceWorker = ['workbox-precaching', 'workbox-core']

/** Built into the head's kernel (tools/kernels). */
const inKernel = ['assemblyscript']

/** Files whose first comment is a licence of its own. */
const ownLicence = new Map([['@bufbuild/protobuf', 'dist/esm/wire/varint.js']])

/** What is shipped beside code, with notices of its own. */
const beside = [
  ['The sample model', 'public/models/efficientnet-lite0/NOTICE.md'],
  ['The sample pictures', 'public/samples/NOTICE.md'],
]

/**
 * Writes the licences of all packages that are really in the site, in the page's chunks and the workers', into one file,
 * which the page links. `collect` notes what a build of a worker holds, `write` does so for the page's and writes.
 * @returns {{ collect: () => import('vite').Plugin, write: () => import('vite').Plugin }}
 */
export function notices() {
  /** Folders of packages. */
  const packages = new Set()
  const note = (bundle) => {
    for (const { modules = {} } of Object.values(bundle)) {
      for (const id of Object.keys(modules)) {
        const folder = packageOf(id)
        if (folder) packages.add(folder)
      }
    }
  }
  return {
    collect: () => ({ name: 'notices-of-worker', generateBundle: (_, bundle) => note(bundle) }),
    write: () => ({
      name: 'notices',
      apply: 'build',
      generateBundle(_, bundle) {
        note(bundle)
        for (const name of inServiceWorker) addWithDependencies(packages, name)
        for (const name of inKernel) packages.add(join('node_modules', name))
        this.emitFile({ type: 'asset', fileName: noticesFile, source: textOf([...packages]) })
      },
    }),
  }
}

/** The folder of the package that a module is of; null for our own and for the bundler's. */
export function packageOf(id) {
  const at = id.lastIndexOf('/node_modules/')
  if (at < 0) return null
  const [first, second] = id.slice(at + '/node_modules/'.length).split('/')
  return join(id.slice(0, at).replaceAll('\0', ''), 'node_modules', first, first.startsWith('@') ? second : '')
}

function addWithDependencies(packages, name) {
  const folder = join('node_modules', name)
  if (packages.has(folder) || !existsSync(folder)) return
  packages.add(folder)
  for (const other of Object.keys(manifestOf(folder).dependencies ?? {})) addWithDependencies(packages, other)
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

function textOf(folders) {
  const shown = folders
    .map((folder) => ({ folder, ...manifestOf(folder) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name, version }, at, all) => all.findIndex((one) => one.name === name && one.version === version) === at)
    .map(({ folder, name, version, license }) =>
      section(`${name} ${version} (${license})`, licenceOf(folder, name, license)),
    )
  const own = beside.map(([title, file]) => section(title, readFileSync(file, 'utf8')))
  return ['Cutpoint is made with the works below. Each keeps its own licence.\n', ...shown, ...own].join('\n')
}

const section = (title, text) => `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text.trim()}\n`

/** The licence texts a package comes with; those of Google's that come without one are under Apache 2.0, as Cutpoint is. */
function licenceOf(folder, name, license) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  const source = ownLicence.get(name)
  const comment = source
    ? (/\/\*[^]*?\*\/|(?:^\/\/.*\n)+/m.exec(readFileSync(join(folder, source), 'utf8'))?.[0] ?? '')
    : ''
  if (files.length > 0) return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  // Others have it at the end of their README.
  const [text = ''] = /^#*\s*licen[cs]e\b[^]*/im.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? []
  if (/permission is hereby granted/i.test(text)) return text
  if (!/Apache-2\.0/.test(license)) throw new Error(`${folder} has no licence text: add one for ${license}`)
  return `Licensed under ${license}.\n\n${comment}\n${readFileSync('LICENSE', 'utf8')}`
}

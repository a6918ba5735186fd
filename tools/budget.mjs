/**
 * What the built site may weigh: `npm run budget`, after a build. Prints a table and fails where something is more than
 * 3 % (or half a kilobyte, of what is small) above what tools/budget.json states, or holds a package or module that is not for it.
 * `npm run budget -- --write` states the present sizes instead, for the commit that knows why they grew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { bundlesFile } from './bundles.mjs'

const stated = 'tools/budget.json'

/** How far above what is stated a size may be: the larger of a share of it and bytes. */
const allowance = { share: 0.03, bytes: 500 }

/** Packages and modules of ours of which nothing may be in the page's scripts, and in the workers'. */
const notIn = {
  page: {
    packages: /^@tensorflow\//,
    modules: /^src\/(compute\/|heads\/(fits\.ts$|[^/]+\/fit[./]))/,
  },
  worker: {
    packages: /^(react|react-dom|scheduler|@xyflow\/.*|zustand|lucide-react|uplot)$/,
    modules: /^src\/(ui\/|store\/|heads\/(panels\.ts$|[^/]+\/panel[./]))/,
  },
}

/**
 * Sizes beside what is stated of them: each line with what is wrong with it, or null.
 * @param {Record<string, number | undefined>} sizes
 * @param {Record<string, number | undefined>} budget
 * @returns {{ name: string, size?: number, budget?: number, wrong: string | null }[]}
 */
export function compareSizes(sizes, budget) {
  const names = [...new Set([...Object.keys(sizes), ...Object.keys(budget)])]
  return names.map((name) => ({
    name,
    size: sizes[name],
    budget: budget[name],
    wrong: wrongWith(sizes[name], budget[name]),
  }))
}

function wrongWith(size, budget) {
  if (size === undefined) return 'is not built any more'
  if (budget === undefined) return 'has no budget'
  return size - budget > Math.max(budget * allowance.share, allowance.bytes) ? 'is too large' : null
}

/**
 * Sentences on packages and modules that are where they may not be.
 * @param {Record<string, { first: string[], scripts: { file: string, packages: string[], modules: string[] }[] }>} bundles
 * @returns {string[]}
 */
export function strangersIn(bundles) {
  return Object.entries(bundles).flatMap(([name, { scripts }]) => {
    const foreign = name === 'page' ? notIn.page : notIn.worker
    return scripts.flatMap(({ file, packages, modules }) =>
      [
        ...packages.filter((one) => foreign.packages.test(one)),
        ...modules.filter((one) => foreign.modules.test(one)),
      ].map((one) => `${name}: ${file} holds ${one}`),
    )
  })
}

/** Gzipped bytes: of the page and each worker what it starts with, and all that it may fetch; of styles, and of the whole site. */
function measure(folder, bundles) {
  const sizes = new Map()
  const sizeOf = (file) => {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(folder, file)), { level: 9 }).length)
    return sizes.get(file)
  }
  const sum = (files) => files.reduce((total, file) => total + sizeOf(file), 0)
  const rowsOf = ([name, { first, scripts }]) => {
    const rows = [[name, sum(first)]]
    return scripts.length > first.length ? [...rows, [`${name}, all`, sum(scripts.map(({ file }) => file))]] : rows
  }
  const all = readdirSync(folder, { recursive: true })
  const byName = ([one], [other]) => (one < other ? -1 : 1)
  return Object.fromEntries([
    ...Object.entries(bundles).sort(byName).flatMap(rowsOf),
    ['offline.worker', sizeOf('offline.js')],
    ['styles', sum(all.filter((file) => file.endsWith('.css')))],
    ['whole site', sum(all.filter((file) => /\.(html|js|css|wasm)$/.test(file)))],
  ])
}

function show(lines) {
  const kilobytes = (bytes) => (bytes === undefined ? '–' : `${(bytes / 1000).toFixed(1)} KB`)
  const change = ({ size, budget }) => (size && budget ? `${((size / budget - 1) * 100).toFixed(1)} %` : '')
  const rows = lines.map((line) => [
    line.name,
    kilobytes(line.size),
    kilobytes(line.budget),
    change(line),
    line.wrong ?? '',
  ])
  for (const [name, ...cells] of [['gzipped', 'is', 'stated', 'change', ''], ...rows]) {
    console.log(
      [name.padEnd(20), ...cells.slice(0, 3).map((cell) => cell.padStart(10)), ` ${cells[3]}`].join(' ').trimEnd(),
    )
  }
}

function main() {
  const { folder, bundles } = existsSync(bundlesFile) ? JSON.parse(readFileSync(bundlesFile, 'utf8')) : {}
  if (!folder || !existsSync(join(folder, 'index.html'))) {
    console.error('There is no build to measure: run npx vite build.')
    return false
  }
  const sizes = measure(folder, bundles)
  if (process.argv.includes('--write')) writeFileSync(stated, `${JSON.stringify(sizes, null, 2)}\n`)
  const lines = compareSizes(sizes, JSON.parse(readFileSync(stated, 'utf8')))
  show(lines)
  const strangers = strangersIn(bundles)
  for (const sentence of strangers) console.error(sentence)
  return strangers.length === 0 && lines.every(({ wrong }) => wrong === null)
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = main() ? 0 : 1

// Heads that are worked out at once, in Node, beside scikit-learn's, in one run, on the same bytes.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'

export const title = 'milliseconds from raw features to a trained head: support vectors, neighbours, averages'

const root = fileURLToPath(new URL('../', import.meta.url))
const [images, length, classes] = [300, 1280, 5]
const repeats = 15
const heads = [
  { name: 'SVM, linear, C chosen, calibrated', head: { kind: 'svm', kernel: 'linear', c: 'auto', gamma: 'auto' } },
  { name: 'SVM, linear, C .001, calibrated', head: { kind: 'svm', kernel: 'linear', c: 1e-3, gamma: 'auto' } },
  { name: 'SVM, RBF, C and γ chosen, calibrated', head: { kind: 'svm', kernel: 'rbf', c: 'auto', gamma: 'auto' } },
  { name: 'nearest neighbours', head: { kind: 'knn', k: 5 } },
  { name: 'nearest average, calibrated', head: { kind: 'centroid' } },
]
const quiet = { progress() {}, tell() {}, checkCancelled() {}, yieldTurn: () => Promise.resolve() }

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-solved-'))
  try {
    const bundle = join(folder, 'head.mjs')
    const lib = { entry: 'bench/head.entry.ts', formats: ['es'] }
    const output = await build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: { write: false, target: 'es2022', lib },
    })
    await writeFile(bundle, [output].flat()[0].output[0].code)
    const ours = await import(pathToFileURL(bundle).href)
    const { features, labels } = ours.synthesise(images, length, classes, 1)
    await writeFile(join(folder, 'features'), features)
    await writeFile(join(folder, 'labels'), labels)
    const rows = []
    for (const { name, head } of heads)
      rows.push(row('Cutpoint, Node', name, await measure(ours, head, features, labels)))
    rows.push(...(await peers(folder)))
    return {
      rows,
      notes: [
        `${images} rows of ${length} features in ${classes} labels, as in the benchmark “head”. first: the first fit of the process; median and best of ${repeats} more.`,
        'scikit-learn: the same scaling, then fit; C and γ of nine pairs by three folds as GridSearchCV has it, and nothing calibrated.',
      ],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(ours, head, data, labels) {
  const { settle, fit } = ours[head.kind]
  const places = Int32Array.from(labels.keys())
  const times = []
  for (let index = 0; index <= repeats; index++) {
    const training = { data, classes: labels, photos: places, units: places }
    const given = { training, validation: null, length, lengths: [length], classes, classWeights: 'none', seed: 1 }
    const began = performance.now()
    await fit(given, settle ? await settle(given, head, quiet) : head, quiet)
    times.push(performance.now() - began)
  }
  return times
}

async function peers(folder) {
  const script = join(root, 'tools/sklearn/bench_solved.py')
  for (const python of [process.env.CUTPOINT_PYTHON, join(root, 'bench/.venv/bin/python'), 'python3']) {
    if (!python) continue
    try {
      const { stdout } = await promisify(execFile)(python, [script, JSON.stringify({ folder, length, repeats })])
      const { version, runs } = JSON.parse(stdout)
      return runs.map(({ name, times }) => row(`scikit-learn ${version}`, name, times))
    } catch (error) {
      if (error.code !== 'ENOENT' && !String(error.stderr).includes('ModuleNotFoundError')) throw error
    }
  }
  return []
}

function row(solver, head, [first, ...warm]) {
  const sorted = warm.toSorted((left, right) => left - right)
  const rounded = (value) => Math.round(value * 10) / 10
  return { solver, head, first: rounded(first), median: rounded(sorted[sorted.length >> 1]), best: rounded(sorted[0]) }
}

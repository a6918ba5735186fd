/*
  npm run kernels: every case of every operation on every backend that starts here, in the browser of the tests, against
  TensorFlow's values; writes docs/kernels.json and docs/kernels.md.
*/
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import prettier from 'prettier'

const given = process.argv[2]
const folder = given ?? mkdtempSync(join(tmpdir(), 'kernels-'))
if (given === undefined) {
  const env = { ...process.env, KERNELS_OUT: folder }
  spawnSync('npx', ['playwright', 'test', 'e2e/kernels.spec.ts'], { stdio: 'inherit', env })
}
const kinds = ['right', 'refused', 'fails, known', 'other values, known', 'failed', 'wrong', 'stale']
const backends = ['cpu', 'wasm', 'wasm, threads', 'webgl', 'webgpu'].filter((name) =>
  readdirSync(folder).includes(`${name}.json`),
)
const measured = Object.fromEntries(
  backends.map((name) => [name, JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).map(counted)]),
)

/** An outcome under what its limit comes to. */
function counted(outcome) {
  return outcome.kind === 'limit' ? { ...outcome, kind: `${outcome.limit}, known` } : outcome
}

if (given === undefined) rmSync(folder, { recursive: true })

const counts = (outcomes) =>
  Object.fromEntries(kinds.map((kind) => [kind, outcomes.filter((outcome) => outcome.kind === kind).length]))
const totals = Object.fromEntries(backends.map((name) => [name, counts(measured[name])]))
const ops = [...new Set(Object.values(measured).flatMap((outcomes) => outcomes.map(({ op }) => op)))].sort()
const byOp = Object.fromEntries(
  ops.map((op) => [
    op,
    Object.fromEntries(backends.map((name) => [name, counts(measured[name].filter((one) => one.op === op))])),
  ]),
)
const said = new Map()
for (const name of backends) {
  for (const one of measured[name].filter(({ kind }) => kind !== 'right')) {
    const text = one.said ?? one.detail
    const key = `${one.kind}|${one.op}|${text}`
    const entry = said.get(key) ?? { kind: one.kind, op: one.op, text, backends: new Set(), cases: new Set() }
    entry.backends.add(name)
    entry.cases.add(one.name)
    said.set(key, entry)
  }
}
const json = { totals, ops: byOp }
const row = (cells) => `| ${cells.join(' | ')} |`
const cell = (count) => {
  const all = kinds.reduce((sum, kind) => sum + count[kind], 0)
  const rest = kinds.slice(1).filter((kind) => count[kind] > 0)
  return [`${count.right}/${all}`, ...rest.map((kind) => `${count[kind]} ${kind}`)].join(', ')
}
const list = (kind) =>
  [...said.values()]
    .filter((entry) => entry.kind === kind)
    .map(
      ({ op, text, backends: on, cases }) =>
        `- ${op} (${[...cases]
          .slice(0, 4)
          .map((name) => name.replace(`${op}/`, ''))
          .join(', ')}${cases.size > 4 ? ', …' : ''}) on ${[...on].join(', ')}: ${text}`,
    )
const section = (title, kind) => (list(kind).length > 0 ? [`## ${title}`, '', ...list(kind), ''] : [])
const text = [
  '# Operations on every backend, against TensorFlow',
  '',
  'Made by `npm run kernels`. Each case is a small graph as a file has it, run by the way that users’ networks go (passes, TensorFlow.js, backend),',
  'as it is and optimised, and compared with what TensorFlow 2.21 gives (`tools/fixtures/kernels`). Shapes, whole numbers and truth are to be the same,',
  'floats within 2·10⁻⁵ (sums 10⁻⁵ of the largest; functions such as exp or tanh, which GPUs compute less exactly, 10⁻⁴). WebGL and WebGPU ran in software.',
  '',
  '**right**: as TensorFlow has it; **refused**: told by name before anything runs, and another backend is taken; **fails** and **other values**: known and said below, case by case; a test fails where one of them goes wrong in another way, or is right.',
  '',
  row(['', ...backends]),
  row(['---', ...backends.map(() => '---')]),
  ...kinds.map((kind) => row([kind, ...backends.map((name) => totals[name][kind])])),
  '',
  ...section('Other values, and nobody is told', 'other values, known'),
  ...section('Fails with a message', 'fails, known'),
  ...section('Wrong', 'wrong'),
  ...section('Failed while running', 'failed'),
  ...section('Listed, and not so', 'stale'),
  ...section('Refused', 'refused'),
  '## By operation',
  '',
  row(['operation', ...backends]),
  row(['---', ...backends.map(() => '---')]),
  ...ops.map((op) => row([`\`${op}\``, ...backends.map((name) => cell(byOp[op][name]))])),
  '',
].join('\n')
const config = await prettier.resolveConfig('docs/kernels.md')
writeFileSync('docs/kernels.json', await prettier.format(JSON.stringify(json), { ...config, parser: 'json' }))
writeFileSync('docs/kernels.md', await prettier.format(text, { ...config, parser: 'markdown' }))
console.log(totals)

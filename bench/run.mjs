// Runs the benchmarks: all of them, or those named. `npm run bench -- head`
// A benchmark is a file NAME.bench.mjs beside this one; it exports `title` and `run()`, which resolves to
// { rows: object[], notes: string[] }. Results are printed and written to bench/results/NAME.json.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'

const here = new URL('./', import.meta.url)
const suffix = '.bench.mjs'
const known = (await readdir(here)).filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  process.exit(1)
}

const results = new URL('results/', here)
await mkdir(results, { recursive: true })
const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
console.log(`${machine.processor}, ${machine.cores} cores, Node ${machine.node}`)
for (const name of wanted.length > 0 ? wanted : known) {
  const { title, run } = await import(new URL(name + suffix, here).href)
  console.log(`\n${name}: ${title}`)
  const { rows, notes } = await run()
  console.table(rows)
  for (const note of notes) console.log(note)
  const target = new URL(`${name}.json`, results)
  await writeFile(target, JSON.stringify({ title, machine, date: new Date().toISOString(), rows, notes }, null, 2))
}

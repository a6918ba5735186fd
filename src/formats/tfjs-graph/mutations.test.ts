import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import { CutpointError } from '../../errors'
import { randomInt, seeded } from '../../graph/testing/random'
import { memoryFile, readAll } from '../source'
import { fixtureFiles, fixtureNames, quiet } from '../testing/files'
import type { SourceFile } from '../types'

type Random = () => number

/** One way of damaging bytes. */
const damages: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  function flipBytes(bytes, random) {
    for (let count = 1 + randomInt(random, 8); count > 0; count--)
      bytes[randomInt(random, bytes.length)] = randomInt(random, 256)
    return bytes
  },
  function cut(bytes, random) {
    return bytes.slice(0, randomInt(random, bytes.length))
  },
  function hugeNumbers(bytes, random) {
    const huge = ['99999999999999999999', '2147483648', '4294967295', '-1', '1e308', '0', '1099511627776', '0.5']
    return editText(bytes, (text) => replaceOne(text, /\d+/g, huge[randomInt(random, huge.length)], random))
  },
  function otherKinds(bytes, random) {
    const values = ['null', '[]', '{}', '""', 'true', '[[[]]]', '{"__proto__":1}', '"^"', '7']
    return editText(bytes, (text) =>
      replaceOne(text, /"[^"]*"(?!:)|\[[^[\]{}]*\]|\{[^[\]{}]*\}/g, values[randomInt(random, values.length)], random),
    )
  },
  function otherNames(bytes, random) {
    return editText(bytes, (text) => replaceOne(text, /"[A-Za-z_/0-9]+"/g, '"constructor"', random))
  },
  function repeat(bytes, random) {
    const start = randomInt(random, bytes.length)
    const piece = bytes.slice(start, start + randomInt(random, 200))
    return Uint8Array.of(...bytes.slice(0, start), ...piece, ...bytes.slice(start))
  },
]

function editText(bytes: Uint8Array, edit: (text: string) => string): Uint8Array {
  return new TextEncoder().encode(edit(new TextDecoder().decode(bytes)))
}

function replaceOne(text: string, pattern: RegExp, by: string, random: Random): string {
  const matches = [...text.matchAll(pattern)]
  if (matches.length === 0) return text
  const match = matches[randomInt(random, matches.length)]
  return text.slice(0, match.index) + by + text.slice(match.index + match[0].length)
}

async function mutate(files: readonly SourceFile[], random: Random): Promise<SourceFile[]> {
  // Most of the structure is in the JSON, so most of the damage goes there.
  const target =
    random() < 0.75 ? files.findIndex(({ path }) => path.endsWith('.json')) : randomInt(random, files.length)
  const damage = damages[randomInt(random, damages.length)]
  const bytes = damage(await readAll(files[target]), random)
  return files.map((file, index) => (index === target ? memoryFile(file.path, bytes) : file))
}

describe('a thousand damaged models', () => {
  it('either open whole or are refused with a reason', async () => {
    const random = seeded(20)
    const counts: Record<string, number> = {}
    for (let round = 0; round < 1000; round++) {
      const files = await mutate(fixtureFiles(fixtureNames[round % fixtureNames.length]), random)
      const started = performance.now()
      const outcome = await openModel(files, quiet).then(readEveryWeight, (error: unknown) => {
        if (!(error instanceof CutpointError)) throw error
        expect(error.message.length).toBeGreaterThan(10)
        return error.code
      })
      expect(performance.now() - started).toBeLessThan(5000)
      counts[outcome] = (counts[outcome] ?? 0) + 1
    }
    expect(counts).not.toHaveProperty('internal')
    expect(Object.keys(counts)).toEqual(
      expect.arrayContaining(['opened', 'bad-json', 'bad-graph', 'shard-size', 'bad-weight', 'missing-shards']),
    )
  })
})

/** What opened must be whole: each weight has as many values as its shape says. */
async function readEveryWeight({ graph, weights }: Awaited<ReturnType<typeof openModel>>): Promise<string> {
  for (const [id, info] of graph.weights) {
    const values = await weights.values(id)
    expect(values.length).toBe(info.shape.reduce((product, size) => product * size, 1))
  }
  return 'opened'
}

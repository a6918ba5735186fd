import type { RandomNumbers } from '../../random'
import { expect } from 'vitest'
import { openModel } from '..'
import { CutpointError } from '../../errors'
import { pick, randomInt, seeded } from '../../graph/testing/random'
import { memoryFile, readAll } from '../source'
import type { SourceFile } from '../types'
import { quiet } from './files'

/** One way of damaging a file's bytes, of which it may change the copy it gets. */
export type Damage = (bytes: Uint8Array, random: RandomNumbers) => Uint8Array

export interface MutationOptions {
  /** The models to be damaged, in turn. */
  readonly models: readonly (readonly SourceFile[])[]
  readonly rounds: number
  readonly seed: number
  /** Ways to damage that only this format knows, beside those for any bytes. */
  readonly damages?: readonly Damage[]
  /** The position of the file to be damaged; any by default. */
  readonly target?: (files: readonly SourceFile[], random: RandomNumbers) => number
  /** Opens a model and looks at all of it; by default with `openModel`, reading every weight. */
  readonly open?: (files: readonly SourceFile[]) => Promise<unknown>
}

/** A damaged model is opened or refused with so many reads of its files at most, and each byte read so often. */
const mostReads = 20_000
const mostTimes = 50
/** Nor does it take more memory than this, in bytes, beside what was taken before. */
const mostBytes = 2 ** 29

/**
 * Opens models after damaging each in a seeded way: bytes changed, the end cut off, counts and lengths made huge,
 * pieces repeated or zeroed, files swapped. Each must open whole or be refused by a CutpointError that is not
 * `internal`, in few reads and within memory. Returns how often each ended how: `opened`, or the error's code.
 */
export async function openDamaged(options: MutationOptions): Promise<Record<string, number>> {
  const random = seeded(options.seed)
  const open = options.open ?? openWhole
  const counts: Record<string, number> = {}
  for (let round = 0; round < options.rounds; round++) {
    const { files, reads } = counting(await damaged(options, round, random))
    const taken = memoryTaken()
    const outcome = await open(files).then(
      () => 'opened',
      (error: unknown) => {
        if (!(error instanceof CutpointError)) throw new Error(`round ${round}: ${String(error)}`, { cause: error })
        expect(error.message.length).toBeGreaterThan(10)
        return error.code
      },
    )
    expect(reads.count, `reads of round ${round}`).toBeLessThan(mostReads)
    expect(reads.bytes, `bytes read in round ${round}`).toBeLessThanOrEqual(mostTimes * sizeOf(files) + 2 ** 20)
    expect(memoryTaken() - taken, `bytes of round ${round}`).toBeLessThan(mostBytes)
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  expect(counts).not.toHaveProperty('internal')
  return counts
}

function sizeOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

/** The same files, which count how often and how much is read of them: work that does not depend on the machine. */
function counting(files: readonly SourceFile[]): { files: SourceFile[]; reads: { count: number; bytes: number } } {
  const reads = { count: 0, bytes: 0 }
  const watched = files.map((file) => ({
    ...file,
    slice: (start: number, end: number) => {
      reads.count += 1
      reads.bytes += Math.max(0, end - start)
      return file.slice(start, end)
    },
  }))
  return { files: watched, reads }
}

function memoryTaken(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** What opened must be whole: each weight has as many values as its shape says. */
async function openWhole(files: readonly SourceFile[]): Promise<void> {
  const model = await openModel(files, quiet)
  try {
    for (const [id, info] of model.graph.weights) {
      const values = await model.weights.values(id)
      expect(values.length, id).toBe(info.shape.reduce((product, size) => product * size, 1))
    }
  } finally {
    await model.close?.()
  }
}

async function damaged(
  { models, damages = [], target = anyOf }: MutationOptions,
  round: number,
  random: RandomNumbers,
): Promise<SourceFile[]> {
  const files = models[round % models.length]
  const position = target(files, random)
  const way = randomInt(random, damages.length + anyBytes.length + 1)
  if (way === 0) return swapped(files, position, pick(random, models), random)
  const damage = [...damages, ...anyBytes][way - 1]
  const bytes = damage(await readAll(files[position]), random)
  return files.map((file, index) => (index === position ? memoryFile(file.path, bytes) : file))
}

const anyOf = (files: readonly SourceFile[], random: RandomNumbers): number => randomInt(random, files.length)

/** One file with the content of another, of the same model or of another one. */
async function swapped(
  files: readonly SourceFile[],
  position: number,
  others: readonly SourceFile[],
  random: RandomNumbers,
): Promise<SourceFile[]> {
  const bytes = await readAll(pick(random, others))
  return files.map((file, index) => (index === position ? memoryFile(file.path, bytes) : file))
}

const anyBytes: readonly Damage[] = [
  function flipBytes(bytes, random) {
    for (let count = 1 + randomInt(random, 8); count > 0 && bytes.length > 0; count--)
      bytes[randomInt(random, bytes.length)] = randomInt(random, 256)
    return bytes
  },
  function cutOff(bytes, random) {
    return bytes.slice(0, randomInt(random, bytes.length))
  },
  /** As varints, and as numbers of 4 and 8 bytes. */
  function hugeCount(bytes, random) {
    const huge = pick(random, [
      [0xff, 0xff, 0xff, 0xff, 0x0f],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [0xff, 0xff, 0xff, 0x7f],
      [0, 0, 0, 0x80],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0, 0, 0, 0, 1, 0, 0, 0],
    ])
    bytes.set(huge.slice(0, bytes.length), randomInt(random, Math.max(1, bytes.length - huge.length)))
    return bytes
  },
  function zeros(bytes, random) {
    const start = randomInt(random, bytes.length)
    return bytes.fill(0, start, start + randomInt(random, 200))
  },
  function repeat(bytes, random) {
    const start = randomInt(random, bytes.length)
    const piece = bytes.slice(start, start + randomInt(random, 200))
    return joined(bytes.subarray(0, start), piece, bytes.subarray(start))
  },
  function leaveOut(bytes, random) {
    const start = randomInt(random, bytes.length)
    return joined(bytes.subarray(0, start), bytes.subarray(start + 1 + randomInt(random, 64)))
  },
]

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** Changes bytes that are text. */
export function editText(bytes: Uint8Array, edit: (text: string) => string): Uint8Array {
  return new TextEncoder().encode(edit(new TextDecoder().decode(bytes)))
}

/** One of the matches of a pattern, replaced. */
export function replaceOne(text: string, pattern: RegExp, by: string, random: RandomNumbers): string {
  const matches = [...text.matchAll(pattern)]
  if (matches.length === 0) return text
  const match = pick(random, matches)
  return text.slice(0, match.index) + by + text.slice(match.index + match[0].length)
}

const hugeNumbers = ['99999999999999999999', '2147483648', '4294967295', '-1', '1e308', '0', '1099511627776', '0.5']
const otherValues = ['null', '[]', '{}', '""', 'true', '[[[]]]', '{"__proto__":1}', '"^"', '7']

/** Damages to files that are JSON. */
export const jsonDamages: readonly Damage[] = [
  function hugeNumber(bytes, random) {
    return editText(bytes, (text) => replaceOne(text, /\d+/g, pick(random, hugeNumbers), random))
  },
  function otherKinds(bytes, random) {
    const value = /"[^"]*"(?!:)|\[[^[\]{}]*\]|\{[^[\]{}]*\}/g
    return editText(bytes, (text) => replaceOne(text, value, pick(random, otherValues), random))
  },
  function otherNames(bytes, random) {
    return editText(bytes, (text) => replaceOne(text, /"[A-Za-z_/0-9]+"/g, '"constructor"', random))
  },
]

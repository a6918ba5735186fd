import { CutpointError } from '../../errors'
import { recognise } from '../recognise'
import { beside, fileName, folderOf, inWords, readAll } from '../source'
import type { ReadContext, SourceFile } from '../types'
import { leastBytes, type WeightGroup } from './manifest'

/** The data of one weight group: its files one after the other, each with the place of its first byte. */
export interface GroupData {
  readonly files: readonly { readonly start: number; readonly bytes: Uint8Array }[]
  readonly size: number
}

/**
 * The files of each group among those at hand, wherever they lie: at the path named (seen from the model.json), else
 * by name in its folder, else by name anywhere when only one has it.
 * Throws CutpointError `missing-shards` with all that are missing.
 */
export function findShards(
  groups: readonly WeightGroup[],
  main: SourceFile,
  files: readonly SourceFile[],
): SourceFile[][] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const byName = new Map<string, SourceFile[]>()
  for (const file of files) byName.set(fileName(file.path), [...(byName.get(fileName(file.path)) ?? []), file])
  const find = (path: string): SourceFile | undefined => {
    const plain = path.replace(/^\.\//, '').replace(/[?#].*$/, '')
    const sameName = byName.get(fileName(plain)) ?? []
    return (
      byPath.get(beside(main.path, plain)) ??
      byPath.get(beside(main.path, fileName(plain))) ??
      (sameName.length === 1 ? sameName[0] : undefined)
    )
  }
  const missing = groups.flatMap((group) => group.paths.filter((path) => find(path) === undefined))
  if (missing.length > 0) throw missingShards(main.path, [...new Set(missing)])
  return groups.map((group) => group.paths.flatMap((path) => find(path) ?? []))
}

/** The error for weight files that are named but not there. */
export function missingShards(path: string, missing: readonly string[]): CutpointError {
  const shown = missing.slice(0, 5).join(', ')
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  return new CutpointError(
    'missing-shards',
    `${path} needs weight files that are not there: ${shown}${more}.`,
    `Drop them together with ${fileName(path)}, or drop the whole folder${folderOf(path) === '' ? '' : ' again'}.`,
    { path, missing },
  )
}

/**
 * Reads the files of one group. Their bytes together must be what the weights need; a file that is too short or too
 * long is found before anything is read. Throws CutpointError `shard-size`.
 */
export async function readShards(
  group: WeightGroup,
  shards: readonly SourceFile[],
  context: ReadContext,
  progress: (bytes: number) => void,
): Promise<GroupData> {
  const size = shards.reduce((sum, shard) => sum + shard.size, 0)
  const least = leastBytes(group)
  const exact = group.specs.every((spec) => spec.width !== null)
  if (size < least || (exact && size !== least)) throw (await notWeights(shards)) ?? shardSize(group, least, size)
  const files: { start: number; bytes: Uint8Array }[] = []
  let start = 0
  for (const shard of shards) {
    context.checkCancelled()
    const bytes = await readAll(shard)
    if (bytes.length !== shard.size) throw shardSize(group, least, size - shard.size + bytes.length)
    files.push({ start, bytes })
    start += bytes.length
    progress(bytes.length)
  }
  return { files, size }
}

/** What servers and repositories give in place of a weight file. */
const substitutes = {
  'git-lfs': 'a Git LFS pointer, which stands for a file that was not downloaded',
  html: 'a web page, perhaps an error page of the server',
}

/** The error for a file that is no weight file at all, found when the sizes do not fit. */
async function notWeights(shards: readonly SourceFile[]): Promise<CutpointError | undefined> {
  for (const shard of shards) {
    const kind = await recognise(shard)
    if (kind !== 'git-lfs' && kind !== 'html') continue
    return new CutpointError(
      'shard-size',
      `${shard.path} is ${substitutes[kind]}, not a weight file.`,
      'Download the file itself from its page, and drop it together with the model.json.',
      { found: shard.size, shards: [shard.path], kind },
    )
  }
  return undefined
}

/** The error for files that hold more or fewer bytes than their weights. */
export function shardSize(group: WeightGroup, expected: number, found: number): CutpointError {
  const names = group.paths.length <= 3 ? group.paths.join(', ') : `${group.paths[0]} … ${group.paths.at(-1) ?? ''}`
  const [verb, short] = group.paths.length === 1 ? ['is', 'its'] : ['are', 'their']
  const [is, should] = toTellApart(found, expected)
  return new CutpointError(
    'shard-size',
    `${names} ${verb} too ${found < expected ? 'short' : 'long'}: ${is}, where ${short} weights have ${should}.`,
    'Download or export the model again; the file may be cut off, or belong to another model.',
    { expected, found, shards: group.paths },
  )
}

/** Two sizes in words; where those would be the same, to the byte. */
function toTellApart(one: number, other: number): [string, string] {
  const words: [string, string] = [inWords(one), inWords(other)]
  if (words[0] !== words[1]) return words
  return [`${one.toLocaleString('en')} bytes`, `${other.toLocaleString('en')} bytes`]
}

/** Bytes `[start, end)` of a group: a view where they lie in one file, else a joined copy. */
export function bytesOf(data: GroupData, start: number, end: number): Uint8Array {
  for (const file of data.files) {
    const at = start - file.start
    if (at >= 0 && end - file.start <= file.bytes.length) return file.bytes.subarray(at, end - file.start)
  }
  const parts = data.files.filter((file) => file.start < end && file.start + file.bytes.length > start)
  const views = parts.map((file) => file.bytes.subarray(Math.max(0, start - file.start), end - file.start))
  const joined = new Uint8Array(end - start)
  let offset = 0
  for (const view of views) {
    joined.set(view, offset)
    offset += view.length
  }
  return joined
}

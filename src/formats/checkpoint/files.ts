import { CutpointError } from '../../errors'
import { recognise } from '../recognise'
import { beside, fileName, folderOf } from '../source'
import type { SourceFile } from '../types'

/** The files of a checkpoint. */
export interface CheckpointFiles {
  readonly index: SourceFile
  /** All files of data. */
  readonly data: readonly SourceFile[]
  /** The one numbered so. Throws CutpointError `missing-weights`. */
  readonly shard: (shard: number, count: number) => SourceFile
}

/** Where a graph's checkpoint is. */
export interface CheckpointPlace {
  /** The path of its files beside the graph, up to `.index` and `.data-…`. */
  readonly prefix: string
  /** What to do where some are missing, as a sentence. */
  readonly next: string
}

/**
 * The files of the variables that belong to `main`: those at their place beside it, or where they were dropped without
 * their folder, those of that name. Throws CutpointError `missing-weights`, or `git-lfs` for a pointer in a file's place.
 */
export async function findCheckpoint(
  main: SourceFile,
  files: readonly SourceFile[],
  { prefix, next }: CheckpointPlace,
): Promise<CheckpointFiles> {
  const name = fileName(prefix)
  const proper = beside(main.path, `${prefix}.index`)
  const named = files.filter(({ path }) => fileName(path) === `${name}.index`)
  const index = named.find(({ path }) => path === proper) ?? (named.length === 1 ? named[0] : undefined)
  if (index === undefined) {
    throw new CutpointError(
      'missing-weights',
      `${main.path} is only the graph; its weights, ${prefix}.index and ${name}.data-…, are missing.`,
      next,
      { path: main.path, missing: [proper] },
    )
  }
  const data = files.filter(({ path }) => folderOf(path) === folderOf(index.path) && isDataOf(fileName(path), name))
  for (const file of [index, ...data]) await refusePointer(file)
  return {
    index,
    data,
    shard: (shard, count) => {
      const wanted = `${name}.data-${fiveDigits(shard)}-of-${fiveDigits(count)}`
      const file = data.find(({ path }) => fileName(path) === wanted)
      if (file) return file
      throw new CutpointError('missing-weights', `${wanted} is missing beside ${index.path}.`, next, {
        path: main.path,
        missing: [beside(index.path, wanted)],
      })
    },
  }
}

/** Bytes of all files of a checkpoint. */
export function sizeOf({ index, data }: CheckpointFiles): number {
  return [index, ...data].reduce((sum, file) => sum + file.size, 0)
}

const isDataOf = (file: string, name: string): boolean =>
  file.startsWith(`${name}.data-`) && /^\d+-of-\d+$/.test(file.slice(`${name}.data-`.length))

const fiveDigits = (number: number): string => String(number).padStart(5, '0')

async function refusePointer(file: SourceFile): Promise<void> {
  if (file.size > 1024 || (await recognise(file)) !== 'git-lfs') return
  throw new CutpointError(
    'git-lfs',
    `${file.path} is a Git LFS pointer, which stands for a file that was not downloaded.`,
    'Run “git lfs pull” in that repository, or download the file from its page, and drop the folder again.',
    { path: file.path },
  )
}

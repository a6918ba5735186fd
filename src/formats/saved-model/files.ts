import { CutpointError } from '../../errors'
import { recognise } from '../recognise'
import { beside, fileName, folderOf } from '../source'
import type { SourceFile } from '../types'

/** The files of a SavedModel's variables. */
export interface CheckpointFiles {
  readonly index: SourceFile
  /** All files of data. */
  readonly data: readonly SourceFile[]
  /** The one numbered so. Throws CutpointError `missing-weights`. */
  readonly shard: (shard: number, count: number) => SourceFile
}

const wholeFolder = 'Drop the whole folder of the model, with “variables” in it, or a zip of it.'

/**
 * The files of variables that belong to `main`: those in `variables/` beside it, or where they were dropped without their
 * folder, those of that name. Throws CutpointError `missing-weights`, or `git-lfs` for a pointer in a file's place.
 */
export async function findCheckpoint(main: SourceFile, files: readonly SourceFile[]): Promise<CheckpointFiles> {
  const index = findIndex(main, files)
  if (index === undefined) {
    throw new CutpointError(
      'missing-weights',
      `${main.path} is only the graph; its weights, variables/variables.index and variables.data-…, are missing.`,
      wholeFolder,
      { path: main.path, missing: [beside(main.path, 'variables/variables.index')] },
    )
  }
  const data = files.filter(
    ({ path }) => folderOf(path) === folderOf(index.path) && /^variables\.data-\d+-of-\d+$/.test(fileName(path)),
  )
  for (const file of [index, ...data]) await refusePointer(file)
  return {
    index,
    data,
    shard: (shard, count) => {
      const name = `variables.data-${fiveDigits(shard)}-of-${fiveDigits(count)}`
      const file = data.find(({ path }) => fileName(path) === name)
      if (file) return file
      throw new CutpointError('missing-weights', `${name} is missing beside ${index.path}.`, wholeFolder, {
        path: main.path,
        missing: [beside(index.path, name)],
      })
    },
  }
}

function findIndex(main: SourceFile, files: readonly SourceFile[]): SourceFile | undefined {
  const proper = beside(main.path, 'variables/variables.index')
  const named = files.filter(({ path }) => fileName(path) === 'variables.index')
  return named.find(({ path }) => path === proper) ?? (named.length === 1 ? named[0] : undefined)
}

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

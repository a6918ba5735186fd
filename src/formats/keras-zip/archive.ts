import { beside, fileName } from '../source'
import type { SourceFile } from '../types'

/** The file of a .keras archive's configuration. Source: keras/src/saving/saving_lib.py. */
export const configName = 'config.json'
/** The file of its weights. */
export const weightsName = 'model.weights.h5'

/** Whether a file is one that an archive among `files` consists of. */
export function isPartOfArchive(file: SourceFile, files: readonly SourceFile[]): boolean {
  const other = fileName(file.path) === weightsName ? configName : weightsName
  return [configName, weightsName].includes(fileName(file.path)) && findBeside(file, other, files) !== undefined
}

/** The file of that name in the same folder. */
export function findBeside(file: SourceFile, name: string, files: readonly SourceFile[]): SourceFile | undefined {
  const path = beside(file.path, name)
  return files.find((other) => other.path === path)
}

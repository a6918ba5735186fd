/** Page side: files out of a drop or a file picker, with their paths. Looking into them is the worker's part. */
import { fromEvent } from 'file-selector'
import { nextTask } from '../next-task'

export interface PickedFile {
  /** Relative, with `/`, without a leading one: `train/cats/1.jpg`. */
  path: string
  blob: File
}

/**
 * The files of a drop, folders walked to the bottom, in natural order of their paths. A drop of text or of a link
 * gives an empty list. Call it within the drop event: a `DataTransfer` is empty afterwards.
 */
export async function collectDrop(dataTransfer: DataTransfer): Promise<PickedFile[]> {
  // file-selector looks at the event's type and its dataTransfer, nothing else.
  const found = await fromEvent({ type: 'drop', dataTransfer })
  return toPickedFiles(found.filter((item) => item instanceof File))
}

/** The files of an `<input type="file">`, with or without `webkitdirectory`. */
export async function collectInput(files: FileList): Promise<PickedFile[]> {
  // The list is empty once the input is cleared. Handing over thousands is a long task of the browser's own; ours is another.
  const list = [...files]
  await nextTask()
  const found = await fromEvent({ type: 'change', target: { files: list } })
  return toPickedFiles(found.filter((item) => item instanceof File))
}

function toPickedFiles(files: readonly (File & { readonly path?: string })[]): PickedFile[] {
  const picked = files.map((file) => ({ path: relative(file.path ?? file.name), blob: file }))
  return picked.sort((a, b) => byPath.compare(a.path, b.path))
}

const byPath = new Intl.Collator('en', { numeric: true })

function relative(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '')
}

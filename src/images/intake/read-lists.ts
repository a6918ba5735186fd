/** The lists among dropped files, read against the pictures. */
import type { ListedPhoto } from '../lists/types'
import type { DroppedFile, IntakeChoices, IntakeList } from './types'

/**
 * What each list says of the pictures, and whether that is taken.
 *
 * @param pictures their paths, as if archives had been unpacked
 */
export async function readLists(
  files: readonly DroppedFile[],
  pictures: readonly string[],
  choices: IntakeChoices,
): Promise<IntakeList[]> {
  if (files.length === 0) return []
  const { readLabelList } = await import('../lists/label-list')
  return Promise.all(
    files.map(async ({ path, blob }) => {
      const list = readLabelList(await blob.text(), pictures)
      const photos = [...(list?.labels ?? [])].map(([place, label]): [number, ListedPhoto] => [
        place,
        { label, part: null },
      ])
      const problems = (list?.problems ?? []).map((reason) => ({ path, reason }))
      return {
        paths: [path],
        result: list && { photos: new Map(photos), problems },
        used: list !== null && choices.lists?.[path] !== null,
      }
    }),
  )
}

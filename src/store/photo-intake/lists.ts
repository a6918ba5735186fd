/** Lists that came with photos, and reading them another way. */
import { create } from 'zustand'
import type { IntakeList } from '../../images/intake/types'
import type { ListReading } from '../../images/lists/types'
import { listTexts } from '../../texts/photos/lists'
import { imageWorker } from '../workers/workers'
import { lastWithLists, latestOf, readingOf, useTakenDrops } from './drops'
import { takeOtherwise } from './take-in'

/** The list that is asked about. */
export const useAskedList = create<{ readonly asked: IntakeList | null }>(() => ({ asked: null }))

/** Asks how a list is meant; null ends the question. */
export const askAboutList = (asked: IntakeList | null): void => useAskedList.setState({ asked })

/**
 * Reads a list of the last drop in this way, null to leave it out, and takes the drop otherwise by that, with what else was
 * chosen for it.
 */
export async function readListAs({ list }: IntakeList, reading: ListReading | null): Promise<void> {
  const drop = lastWithLists(useTakenDrops.getState().drops)
  if (!drop) return
  const { choices: before } = readingOf(drop)
  const choices = { ...before, lists: { ...before.lists, [list.paths[0]]: reading } }
  const plan = await imageWorker().planAgain(drop.listing, choices)
  await takeOtherwise(latestOf(drop), { choices, plan }, listTexts.did(list))
}

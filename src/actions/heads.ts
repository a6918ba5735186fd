import { writers, type ListedWriter } from '../formats/writers'
import { chooseHead, removeHead } from '../store/model/heads'
import { getState, type State } from '../store/state/state'
import type { HeadEntry } from '../store/state/types'
import { downloadModel } from '../store/training/download-model'
import { currentHead } from '../store/training/trained-on'
import { nameOfHead, placeOfCut } from '../texts/heads/names'
import { exportTexts } from '../texts/training/export'
import { trainTexts } from '../texts/training/train'
import { action, titled } from './define'
import type { PaletteItem } from './types'

const texts = trainTexts.heads

/** Whether there is that head, and nothing runs that it could disturb. */
const isFree = ({ heads, jobs }: State, id: string): boolean =>
  jobs.length === 0 && heads.some((head) => head.id === id)

/** What a head is called among all there are: with its cut where that differs, with its number where all else is the same. */
function calledIn({ heads }: State, id: string): string {
  const differ = new Set(heads.map(({ cut }) => cut.join())).size > 1
  const called = (head: HeadEntry): string =>
    differ ? `${nameOfHead(head)} ${texts.at(placeOfCut(head.cut))}` : nameOfHead(head)
  const at = heads.findIndex((head) => head.id === id)
  if (at < 0) return ''
  const name = called(heads[at])
  return heads.filter((head) => called(head) === name).length > 1 ? texts.numbered(name, at + 1) : name
}

/** A line for each head, the latest first; none while there is nothing to choose from. */
const lines = (state: State, line: (id: string) => Omit<PaletteItem, 'group' | 'words'>): PaletteItem[] =>
  state.heads.length < 2
    ? []
    : state.heads
        .toReversed()
        .filter(({ id }) => isFree(state, id))
        .map(({ id }) => ({ group: 'heads', words: texts.title, ...line(id) }))

const chooseFree = (id: string): unknown => isFree(getState(), id) && chooseHead(id)
const removeFree = (id: string): unknown => isFree(getState(), id) && removeHead(id)
const useTitle = (state: State, id: string): string => texts.use(calledIn(state, id))
const removeTitle = (state: State, id: string): string => texts.remove(calledIn(state, id))

/** What is done with trained heads. */
export const headActions = {
  chooseHead: titled<[id: string]>({
    title: useTitle,
    enabled: isFree,
    items: (state) =>
      lines(state, (id) => ({ title: useTitle(state, id), checked: state.headId === id, run: () => chooseFree(id) })),
    run: chooseFree,
  }),
  removeHead: titled<[id: string]>({
    title: removeTitle,
    enabled: isFree,
    items: (state) => lines(state, (id) => ({ title: removeTitle(state, id), run: () => removeFree(id) })),
    run: removeFree,
  }),
  downloadModel: action<[writer: ListedWriter]>({
    enabled: (state) => currentHead(state) !== null,
    items: (state) =>
      currentHead(state) === null
        ? []
        : writers.map((writer: ListedWriter) => ({
            group: 'save',
            title: exportTexts.as(exportTexts.writers[writer.id].name),
            words: exportTexts.writers[writer.id].holds,
            run: () => downloadModel(writer),
          })),
    run: downloadModel,
  }),
}

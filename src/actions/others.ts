import { actionTexts } from '../texts/page/actions'
import { graphTexts } from '../texts/model/graph'
import { action, always, titled } from './define'
import type { Action } from './types'

const texts = actionTexts.keys

/** What the search field does with what was found. */
export interface InSearch {
  readonly take: (alsoCut: boolean) => void
  readonly leave: () => void
}

/** What keys do in the search field. */
export const searchActions = {
  cutFound: titled<[InSearch]>({
    title: () => graphTexts.cutHere,
    keys: { place: 'search', keys: ['Mod+Shift?+Alt?+Enter'], help: texts.cutFound },
    enabled: always,
    run: (search) => search.take(true),
  }),
  showFound: action<[InSearch]>({
    keys: { place: 'search', keys: ['Alt?+Enter'], help: texts.showFound },
    enabled: always,
    run: (search) => search.take(false),
  }),
  leaveSearch: action<[InSearch]>({
    keys: { place: 'search', keys: ['Mod?+Alt?+Escape'], help: texts.leaveSearch },
    enabled: always,
    run: (search) => search.leave(),
  }),
} satisfies Readonly<Record<string, Action<[InSearch]>>>

/** The photos that are gone through one by one, and which is shown. */
export interface AtPicture {
  readonly at: number
  readonly count: number
  readonly go: (step: number) => void
}

/** What buttons and keys do at the large photo of a report. */
export const pictureActions = {
  previousPicture: titled<[AtPicture]>({
    title: () => actionTexts.previousPicture,
    keys: { place: 'picture', keys: ['ArrowLeft'], help: texts.otherPicture },
    enabled: (_, { at }) => at > 0,
    run: ({ go }) => go(-1),
  }),
  nextPicture: titled<[AtPicture]>({
    title: () => actionTexts.nextPicture,
    keys: { place: 'picture', keys: ['ArrowRight'], help: texts.otherPicture },
    enabled: (_, { at, count }) => at < count - 1,
    run: ({ go }) => go(1),
  }),
} satisfies Readonly<Record<string, Action<[AtPicture]>>>

import { setChart } from '../store/graph-view/view'
import { cut } from '../store/model/cut'
import { drawnModel, getState, type State } from '../store/state/state'
import { advise } from '../store/training/advice'
import { missingToAdvise } from '../store/training/missing'
import { adviceTexts as texts } from '../texts/model/advice'
import { listed, titled } from './define'

const isAdvised = (state: State, tensors: readonly string[]): boolean =>
  drawnModel(state) !== null && (state.advice?.cuts.some((each) => each.tensors.join() === tensors.join()) ?? false)

/** Which cut is best. */
export const adviceActions = {
  whereToCut: listed({
    title: ({ advice }) => (advice === null ? texts.ask : texts.again),
    group: 'cut',
    words: texts.words,
    enabled: (state) => missingToAdvise(state) === null,
    run: async () => {
      await advise()
      // What it found stands along the depth.
      setChart(true)
    },
  }),
  takeAdvisedCut: titled<[tensors: readonly string[]]>({
    title: (_, tensors) => texts.cutAt(tensors),
    enabled: isAdvised,
    run: async (tensors) => {
      if (isAdvised(getState(), tensors)) await cut(tensors)
    },
  }),
}

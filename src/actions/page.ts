import { goToGraph, goToStation, setKeysOpen, setPresent, togglePresent, usePage } from '../store/page/page'
import { getState } from '../store/state/state'
import { toggleTheme, useTheme } from '../store/page/theme'
import { cancelJob } from '../store/workers/jobs'
import type { Step } from '../steps'
import { firstActionTexts as texts } from '../texts/page/first-actions'
import { headerTexts } from '../texts/page/header'
import { pageTexts } from '../texts/page/page'
import { action, always, hasGraph, listed, titled } from './define'

const station = (step: Step, key: string) =>
  listed({
    title: () => texts.station(pageTexts.steps[step]),
    group: 'goTo',
    keys: { place: 'page', keys: [key], help: texts.keys.station },
    enabled: hasGraph,
    run: () => {
      if (hasGraph(getState())) goToStation(step)
    },
  })

const isPresent = (): boolean => usePage.getState().present

/** What has to do with the page: where to go on it, how it looks, what runs. */
export const pageActions = {
  stationModel: station('model', '1'),
  stationCut: station('cut', '2'),
  stationPhotos: station('photos', '3'),
  stationTrain: station('train', '4'),
  stationTry: station('try', '5'),
  graph: action({
    keys: { place: 'page', keys: ['G'], help: texts.keys.graph },
    enabled: hasGraph,
    run: goToGraph,
  }),
  theme: listed({
    title: () => (useTheme.getState().dark ? headerTexts.light : headerTexts.dark),
    group: 'page',
    words: texts.themeWords,
    enabled: always,
    run: toggleTheme,
  }),
  present: listed({
    title: () => (isPresent() ? headerTexts.usual : headerTexts.present),
    group: 'page',
    keys: { place: 'page', keys: ['P'], help: texts.keys.present },
    enabled: always,
    run: togglePresent,
  }),
  leavePresent: action({
    keys: { place: 'page', keys: ['Escape'], help: texts.keys.leavePresent },
    // On the graph, Escape first selects nothing.
    enabled: ({ view }) => isPresent() && view.selected === null,
    run: () => setPresent(false),
  }),
  keys: listed({
    title: () => headerTexts.keys,
    group: 'page',
    keys: { place: 'page', keys: ['?'], help: texts.keys.keys },
    enabled: always,
    run: () => setKeysOpen(true),
  }),
}

/** What is done about the work that runs. */
export const jobActions = {
  cancelJob: titled<[job: string]>({
    title: () => headerTexts.cancel,
    enabled: ({ jobs }, id) => jobs.some((job) => job.id === id && !job.cancelling),
    run: cancelJob,
  }),
}

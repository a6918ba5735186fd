import { boundaryTexts } from '../../texts/page/boundary'
import { asCutpointError, toErrorRecord, type ErrorCode } from '../../errors'
import { withMarksShown } from '../../marks'
import { noticeTexts } from '../../texts/page/notices'
import type { RejectedFile } from '../../types'
import { emit } from '../state/events'
import { newId } from '../state/ids'
import { setState, useStore } from '../state/state'
import type { Notice } from '../state/types'

/** Shows something to the user, marks in names written out; the newest comes first, and at most five stay. */
export function tell(notice: Omit<Notice, 'id'>): string {
  const id = newId('notice')
  setState(({ notices }) => ({ notices: [{ ...shown(notice), id }, ...notices].slice(0, 5) }))
  return id
}

function shown(notice: Omit<Notice, 'id'>): Omit<Notice, 'id'> {
  const { title, text, rejected, action } = notice
  return {
    ...notice,
    title: withMarksShown(title),
    text: withMarksShown(text),
    ...(rejected && {
      rejected: rejected.map(({ name, reason }) => ({ name: withMarksShown(name), reason: withMarksShown(reason) })),
    }),
    ...(action && { action: { ...action, label: withMarksShown(action.label) } }),
  }
}

/** Ids of notices that are told once, by what they are about. */
const toldOnce = new Map<string, string>()

/** As `tell`, in place of what was told about the same before. */
export function tellOnce(about: string, notice: Omit<Notice, 'id'>): void {
  untell(about)
  toldOnce.set(about, tell(notice))
}

/** Takes away what `tellOnce` told about something. */
export function untell(about: string): void {
  dismiss(toldOnce.get(about) ?? '')
  toldOnce.delete(about)
}

/** Takes a notice away; an id that is not there does nothing. */
export function dismiss(id: string): void {
  setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}

/** Errors of opening a model; they say nothing any more once one is open. */
const ofOpening: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-a-model',
  'bad-json',
  'missing-shards',
  'shard-size',
  'bad-weight',
  'unknown-dtype',
  'cyclic-graph',
  'dangling-input',
  'bad-graph',
  'several-models',
  'url-unreachable',
  'url-blocked',
  'url-status',
  'too-large',
  'bad-zip',
  'truncated',
  'missing-weights',
  'bad-checksum',
  'git-lfs',
  'bad-hdf5',
  'no-topology',
  'no-signature',
])

/** Whether a notice may go by itself: a remark that asks for nothing and lists nothing, unless it is to stay. */
export const isPassing = ({ kind, action, rejected, stays }: Notice): boolean =>
  kind === 'remark' && !action && !rejected && !stays

/** Shows an error with its next step; a cancelled job is no error. */
export function tellError(error: unknown, action?: Notice['action']): void {
  const record = toErrorRecord(asCutpointError(error))
  if (record.code === 'cancelled' || record.code === 'paused') return
  emit('error', record)
  tell({ kind: 'error', title: record.message, text: record.next, error: record, ...(action ? { action } : {}) })
}

/** Says which files and folders of a drop could not be read, if there are any. */
export function tellUnreadable(rejected: readonly RejectedFile[]): void {
  if (rejected.length === 0) return
  tell({ kind: 'remark', title: noticeTexts.unreadable(rejected.length), text: noticeTexts.unreadableText, rejected })
}

/**
 * Runs an action of the page and shows what it throws; if a part of the page could not be fetched, with a button to try
 * again.
 */
export function attempt(action: () => Promise<unknown>): void {
  action().catch((error: unknown) => {
    const missing = asCutpointError(error).code === 'part-unreachable'
    tellError(error, missing ? { label: boundaryTexts.tryAgain, run: () => attempt(action) } : undefined)
  })
}

/** Takes away, from now on, what was said of models that could not be opened as soon as one is open. */
export function startForgettingOpening(): void {
  useStore.subscribe(({ model }, before) => {
    if (model === null || model.id === before.model?.id) return
    setState(({ notices }) => ({ notices: notices.filter(({ error }) => !error || !ofOpening.has(error.code)) }))
  })
}

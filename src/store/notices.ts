import { asCutpointError, toErrorRecord } from '../errors'
import { emit } from './events'
import { newId } from './ids'
import { setState, type Notice } from './state'

/** Shows something to the user; the newest comes first, and at most five stay. */
export function tell(notice: Omit<Notice, 'id'>): string {
  const id = newId('notice')
  setState(({ notices }) => ({ notices: [{ ...notice, id }, ...notices].slice(0, 5) }))
  return id
}

export function dismiss(id: string): void {
  setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}

/** Shows an error with its next step; a cancelled job is no error. */
export function tellError(error: unknown, action?: Notice['action']): void {
  const record = toErrorRecord(asCutpointError(error))
  if (record.code === 'cancelled') return
  emit('error', record)
  tell({ kind: 'error', title: record.message, text: record.next, error: record, ...(action ? { action } : {}) })
}

/** Runs an action of the page: what it throws is shown instead of thrown. */
export function attempt(action: () => Promise<unknown>): void {
  action().catch((error: unknown) => tellError(error))
}

import { reportCsv, reportJson } from '../../keeping/report-file'
import { saveFile } from '../page/save-file'
import { getState } from '../state/state'
import { currentReport } from './trained-on'

/** Hands the report of the current head to the user: all of it as JSON, or a row for each photo as CSV. */
export function saveReport(format: 'json' | 'csv'): void {
  const state = getState()
  const { photos } = state
  const report = currentReport(state)
  if (!report) return
  const text = format === 'json' ? reportJson(report, photos) : reportCsv(report, photos)
  const type = format === 'json' ? 'application/json' : 'text/csv;charset=utf-8'
  saveFile(new Blob([text], { type }), `cutpoint-report.${format}`)
}

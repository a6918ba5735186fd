import { isRecord, without } from './older-records'

/**
 * A report as it is now, of one that was written while reports held matrices of what was taken for what: these have
 * labels² numbers, and are worked out of the photos judged. What is no report stays as it is.
 */
export function withoutMatrices(report: unknown): unknown {
  if (!isRecord(report)) return report
  const { leaveOneOut } = report
  return {
    ...without(report, 'confusion'),
    ...(isRecord(leaveOneOut) ? { leaveOneOut: without(leaveOneOut, 'matrix') } : {}),
  }
}

/** A kept head of database version 2 as one of version 3. */
export function headWithoutMatrices(head: unknown): unknown {
  if (!isRecord(head) || !isRecord(head.entry) || !isRecord(head.kept)) return head
  const report = withoutMatrices(head.entry.report)
  return { ...head, entry: { ...head.entry, report }, kept: { ...head.kept, report } }
}

/** `project.json` of version 1 as one of version 2. */
export function projectWithoutMatrices(record: object): object {
  if (!('heads' in record) || !Array.isArray(record.heads)) return record
  const heads = record.heads.map((head: unknown) =>
    isRecord(head) ? { ...head, report: withoutMatrices(head.report) } : head,
  )
  return { ...record, version: 2, heads }
}

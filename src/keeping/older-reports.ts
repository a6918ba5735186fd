import { isRecord, without } from './older-records'

/**
 * A report as it is now, of one that was written while reports held matrices of what was taken for what: these have
 * labels² numbers, and are worked out of the photos evaluated. What is no report stays as it is.
 */
export function withoutMatrices(report: unknown): unknown {
  if (!isRecord(report)) return report
  const { leaveOneOut } = report
  return {
    ...without(report, 'confusion'),
    ...(isRecord(leaveOneOut) ? { leaveOneOut: without(leaveOneOut, 'matrix') } : {}),
  }
}

/** A head's record of database version 2 as one of version 3. */
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

const renamed = (
  record: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [names.get(key) ?? key, value]))

const imageNames = new Map([['said', 'predicted']])
const reportNames = new Map([
  ['judged', 'evaluated'],
  ['judgeMs', 'evaluateMs'],
])

const withImages = (record: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { evaluated, ...rest } = renamed(record, reportNames)
  if (!Array.isArray(evaluated)) return { ...rest, evaluated }
  return {
    ...rest,
    evaluated: evaluated.map((image: unknown) => (isRecord(image) ? renamed(image, imageNames) : image)),
  }
}

/**
 * A report as it is now, of one whose photos were `judged`, with the label that was `said`: they are `evaluated`, with
 * the one `predicted`. Nor did it say whether pictures went through the network one by one: to be exported for one at a
 * time is right in either case. What is no report stays as it is.
 */
export function withPredicted(report: unknown): unknown {
  if (!isRecord(report)) return report
  const { leaveOneOut, features } = report
  return {
    ...withImages(report),
    leaveOneOut: isRecord(leaveOneOut) ? withImages(leaveOneOut) : leaveOneOut,
    features: isRecord(features) ? { ...features, oneByOne: true } : features,
  }
}

/** A head's record of database version 5 as one of version 6. */
export function headWithPredicted(head: unknown): unknown {
  if (!isRecord(head) || !isRecord(head.entry) || !isRecord(head.kept)) return head
  const report = withPredicted(head.entry.report)
  return { ...head, entry: { ...head.entry, report }, kept: { ...head.kept, report } }
}

/** A page of photos of database version 5 as one of version 6. */
export function pageWithPerceptualHashes(page: unknown): unknown {
  if (!Array.isArray(page)) return page
  return page.map((placed: unknown): unknown => {
    if (!Array.isArray(placed)) return placed
    const [order, photo] = placed as readonly unknown[]
    return isRecord(photo) ? [order, renamed(photo, new Map([['look', 'perceptualHash']]))] : placed
  })
}

/** `project.json` of version 3 as one of version 4. */
export function projectWithPredicted(record: object): object {
  if (!('heads' in record) || !Array.isArray(record.heads)) return record
  const heads = record.heads.map((head: unknown) =>
    isRecord(head) ? { ...head, report: withPredicted(head.report) } : head,
  )
  return { ...record, version: 4, heads }
}

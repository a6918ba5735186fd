import { describe, expect, it } from 'vitest'
import { labelsCsv, reportCsv, reportJson } from './report-file'
import { tinyProject } from './testing/project'

const { heads, photos } = tinyProject()
const [{ report }] = heads

describe('a report as files', () => {
  it('has a row for each photo, quoted, and nothing that a spreadsheet would run', () => {
    expect(reportCsv(report, photos)).toBe(
      [
        'photo,label,part,predicted,confidence',
        'pets/../a cat.jpg,cat,train,cat,0.9',
        'rex.png,"dog, ""small""",train,"dog, ""small""",0.8',
        `'=cmd|x,cat,test,"dog, ""small""",${1 / 3}`,
        '',
      ].join('\r\n'),
    )
  })

  it('names photos that were deleted since as such', () => {
    expect(reportCsv(report, photos.slice(1))).toContain('(deleted since),cat,train,cat,0.9')
  })

  it('has precision and recall of each label, empty where there is none', () => {
    expect(labelsCsv(report)).toBe(
      ['label,photos,predicted,right,precision,recall', 'cat,1,0,0,,0', '"dog, ""small""",0,1,0,0,', ''].join('\r\n'),
    )
  })

  it('says that there is nothing to evaluate with where no photo was kept from the head', () => {
    const seen = {
      ...report,
      images: { train: 2, validation: 0, test: 0 },
      evaluated: report.evaluated.slice(0, 2),
    }
    expect(JSON.parse(reportJson(seen, photos))).toMatchObject({ evaluatedOn: null })
    expect(JSON.parse(reportJson(report, photos))).toMatchObject({ evaluatedOn: 'test' })
    expect(labelsCsv(seen)).toBe(
      ['label,photos,predicted,right,precision,recall', 'cat,1,1,1,,', '"dog, ""small""",1,1,1,,', ''].join('\r\n'),
    )
  })

  it('as JSON has all of the report, with names for ids', () => {
    const read = JSON.parse(reportJson(report, photos)) as Record<string, unknown>
    expect(read).toMatchObject({
      accuracy: report.accuracy,
      fit: report.fit,
      leaveOneOut: null,
      confusion: {
        part: 'test',
        pairs: [{ label: 'cat', predicted: 'dog, "small"', photos: 1 }],
        matrix: [
          [0, 1],
          [0, 0],
        ],
      },
      perLabel: [
        { label: 'cat', recall: 0, precision: null },
        { label: 'dog, "small"', recall: null, precision: 0 },
      ],
    })
    expect(read.evaluated).toHaveLength(3)
    expect(read.evaluated).toMatchObject([
      { photo: 'pets/../a cat.jpg', label: 'cat', predicted: 'cat' },
      {},
      { part: 'test' },
    ])
  })

  it('as JSON of many labels has the pairs that occur, and no matrix of mostly zeros', () => {
    const labels = Array.from({ length: 10_000 }, (_, label) => `person ${label}`)
    const evaluated = labels.map((_, label) => ({
      image: 'photo-1',
      part: 'test' as const,
      label,
      predicted: 9999,
      confidence: 0.5,
    }))
    const text = reportJson({ ...report, labels, evaluated }, photos)
    expect(text.length).toBeLessThan(10_000 * 1_000)
    const { confusion } = JSON.parse(text) as { confusion: Record<string, unknown[]> }
    expect(confusion.pairs).toHaveLength(10_000)
    expect(confusion.pairs[7]).toEqual({ label: 'person 7', predicted: 'person 9999', photos: 1 })
    expect(confusion).not.toHaveProperty('matrix')
  })

  it('tells what was predicted for photos evaluated one by one', () => {
    const [first] = report.evaluated
    const one = {
      accuracy: 0,
      evaluated: [{ ...first, predicted: 1, confidence: 0.6 }],
    }
    const left = { ...report, leaveOneOut: one }
    expect(reportCsv(left, photos).split('\r\n')[1]).toBe('pets/../a cat.jpg,cat,train,"dog, ""small""",0.6')
    expect(JSON.parse(reportJson(left, photos))).toMatchObject({
      leaveOneOut: { evaluated: [{ photo: 'pets/../a cat.jpg' }] },
    })
  })
})

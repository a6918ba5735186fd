import { describe, expect, it } from 'vitest'
import { labelsCsv, reportCsv, reportJson } from './report-file'
import { tinyProject } from './testing/project'

const { heads, photos } = tinyProject()
const [{ report }] = heads

describe('a report as files', () => {
  it('has a row for each photo, quoted, and nothing that a spreadsheet would run', () => {
    expect(reportCsv(report, photos)).toBe(
      [
        'photo,label,part,said,confidence',
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
      ['label,photos,said,right,precision,recall', 'cat,1,0,0,,0', '"dog, ""small""",0,1,0,0,', ''].join('\r\n'),
    )
  })

  it('says that there is nothing to evaluate with where no photo was kept from the head', () => {
    const seen = {
      ...report,
      confusion: {
        part: 'train' as const,
        matrix: [
          [1, 0],
          [0, 1],
        ],
      },
    }
    expect(JSON.parse(reportJson(seen, photos))).toMatchObject({ evaluatedOn: null })
    expect(JSON.parse(reportJson(report, photos))).toMatchObject({ evaluatedOn: 'test' })
    expect(labelsCsv(seen)).toBe(
      ['label,photos,said,right,precision,recall', 'cat,1,1,1,,', '"dog, ""small""",1,1,1,,', ''].join('\r\n'),
    )
  })

  it('as JSON has all of the report, with names for ids', () => {
    const read = JSON.parse(reportJson(report, photos)) as Record<string, unknown>
    expect(read).toMatchObject({
      accuracy: report.accuracy,
      fit: report.fit,
      leaveOneOut: null,
      perLabel: [
        { label: 'cat', recall: 0, precision: null },
        { label: 'dog, "small"', recall: null, precision: 0 },
      ],
    })
    expect(read.judged).toHaveLength(3)
    expect(read.judged).toMatchObject([{ photo: 'pets/../a cat.jpg', label: 'cat', said: 'cat' }, {}, { part: 'test' }])
  })

  it('tells what was said of photos judged one by one', () => {
    const [first] = report.judged
    const one = {
      accuracy: 0,
      matrix: [
        [0, 1],
        [0, 0],
      ],
      judged: [{ ...first, said: 1, confidence: 0.6 }],
    }
    const left = { ...report, leaveOneOut: one }
    expect(reportCsv(left, photos).split('\r\n')[1]).toBe('pets/../a cat.jpg,cat,train,"dog, ""small""",0.6')
    expect(JSON.parse(reportJson(left, photos))).toMatchObject({
      leaveOneOut: { judged: [{ photo: 'pets/../a cat.jpg' }] },
    })
  })
})

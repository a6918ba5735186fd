import { describe, expect, it } from 'vitest'
import { applyReading, examineLists, readTable } from '.'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`
const repeat = <Item>(n: number, item: (at: number) => Item): Item[] => Array.from({ length: n }, (_, at) => item(at))

/** What each list is taken for, and what it then says of the photos. */
function read(lists: Record<string, string>, paths: readonly string[]) {
  const tables = Object.entries(lists).map(([path, text]) => readTable(path, bytes(text)))
  return examineLists(tables, paths).map((list) => {
    const own = tables.filter(({ path }) => list.paths.includes(path))
    const result = list.reading && applyReading(own, paths, list.reading)
    return {
      kind: list.kind,
      label: list.columns.flatMap(({ role, name }, column) => (role === 'label' ? (name ?? column) : [])),
      confidence: list.confidence,
      says: paths.map((_, place) => result?.photos.get(place)?.label ?? null),
      parts: paths.map((_, place) => result?.photos.get(place)?.part ?? null),
      list,
      problems: result?.problems ?? [],
    }
  })
}

const cats = repeat(4, (at) => `train/cat_${at}.jpg`)
const dogs = repeat(4, (at) => `train/dog_${at}.jpg`)
const tests = repeat(4, (at) => `test/${at}.jpg`)

describe('which list is used', () => {
  it('takes Kaggle’s train.csv, and never the form to be filled in', () => {
    const train = lines(
      'id,label',
      ...cats.map((path) => `${path.slice(6)},cat`),
      ...dogs.map((path) => `${path.slice(6)},dog`),
    )
    const form = lines('id,label', ...repeat(4, (at) => `${at}.jpg,hat`))
    const [labels, submission, unnamed] = read(
      { 'train.csv': train, 'sample_submission.csv': form, 'example.csv': form },
      [...cats, ...dogs, ...tests],
    )
    expect(labels).toMatchObject({ kind: 'labels', label: ['label'], confidence: 'sure', problems: [] })
    expect(labels.says).toEqual([...repeat(4, () => 'cat'), ...repeat(4, () => 'dog'), ...repeat(4, () => null)])
    expect(submission).toMatchObject({ kind: 'submission', label: [] })
    expect(unnamed).toMatchObject({ kind: 'submission', label: [] })
  })

  it('knows a form with equal probabilities, and somebody’s predictions', () => {
    const [form] = read({ 'out.csv': lines('id,cat,dog,cow', ...repeat(4, (at) => `${at},0.333,0.333,0.333`)) }, tests)
    expect(form.kind).toBe('submission')
    const rows = repeat(4, (at) => `${at},0.${at + 1},0.${9 - at}`)
    expect(read({ 'out.csv': lines('id,cat,dog', ...rows) }, tests)[0].kind).toBe('probabilities')
  })

  it('takes no camera’s log for labels', () => {
    const shutters = ['1/125', '1/60', '1/30']
    const rows = repeat(
      12,
      (at) => `${at}.jpg,${100 * 2 ** (at % 3)},${shutters[at % 3]},f/2.8,Canon,2024-01-0${1 + (at % 3)},640`,
    )
    const [log] = read(
      { 'log.csv': lines('file,ISO,exposure,aperture,camera,date,width', ...rows) },
      repeat(12, (at) => `hats/${at}.jpg`),
    )
    expect(log).toMatchObject({ kind: 'unclear', label: [] })
    expect(log.list.columns[1]).toEqual({
      name: 'ISO',
      examples: ['100', '200', '400'],
      distinct: 3,
      photos: 0,
      role: 'ignored',
    })
    expect(log.list.photos).toBe(12)
  })

  it('leaves a table about something else alone', () => {
    for (const text of ['city,people\nBern,134000\n', '', 'id,people\n1,134000\n2,5\n3,7\n']) {
      expect(read({ 'a.csv': text }, ['cats/cat_1.jpg', 'cats/2b.jpg'])[0].kind).toBe('unrelated')
    }
  })
})

describe('which column is used', () => {
  it('takes HAM10000’s dx among columns of words', () => {
    const kinds = ['nv', 'mel', 'bkl']
    const rows = repeat(
      30,
      (at) =>
        `HAM_${at},ISIC_00${at + 10},${kinds[at % 3]},${['histo', 'consensus'][at % 2]},${40 + (at % 9)}.0,${['male', 'female'][at % 2]},${['back', 'face', 'ear'][(at >> 1) % 3]}`,
    )
    const paths = repeat(20, (at) => `HAM10000_images_part_1/ISIC_00${at + 10}.jpg`)
    const [ham] = read(
      { 'HAM10000_metadata.csv': lines('lesion_id,image_id,dx,dx_type,age,sex,localization', ...rows) },
      paths,
    )
    expect(ham).toMatchObject({ kind: 'labels', label: ['dx'], confidence: 'sure' })
    expect(ham.says.slice(0, 4)).toEqual(['nv', 'mel', 'bkl', 'nv'])
    expect(ham.list.labels[0]).toEqual({ label: 'nv', photos: 7 })
    expect(ham.problems).toHaveLength(10)
    expect(ham.problems[0].reason).toBe('Row 22: “ISIC_0030” is not among the files.')
  })

  it('takes GTSRB’s ClassId from the lists of all folders together', () => {
    const classes = [0, 14, 33]
    const one = (id: number): string =>
      lines(
        'Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId',
        ...repeat(5, (at) => `0000${at}.ppm;${29 + at};${30 + at};5;6;${24 + at};25;${id}`),
      )
    const folder = (id: number): string => `Images/${String(id).padStart(5, '0')}`
    const lists = Object.fromEntries(
      classes.map((id) => [`${folder(id)}/GT-${String(id).padStart(5, '0')}.csv`, one(id)]),
    )
    const found = read(
      lists,
      classes.flatMap((id) => repeat(5, (at) => `${folder(id)}/0000${at}.png`)),
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ kind: 'labels', label: ['ClassId'], confidence: 'sure', problems: [] })
    expect(found[0].says).toEqual(classes.flatMap((id) => repeat(5, () => String(id))))
  })

  it.each([
    ['1', '0'],
    ['1.0', '0.0'],
  ])('reads one-hot columns by their headings, with %s and %s', (yes, no) => {
    const names = ['MEL', 'NV', 'BCC', 'UNK']
    const rows = repeat(9, (at) => `ISIC_00${at},${names.map((_, n) => (n === at % 3 ? yes : no)).join(',')}`)
    const [hot] = read(
      { 'truth.csv': lines(`image,${names.join(',')}`, ...rows) },
      repeat(9, (at) => `ISIC_00${at}.jpg`),
    )
    expect(hot).toMatchObject({ kind: 'labels', label: names })
    expect(hot.says.slice(0, 3)).toEqual(['MEL', 'NV', 'BCC'])
  })

  it('says so where photos have several labels', () => {
    const paths = repeat(9, (at) => `${at}.jpg`)
    const hot = repeat(9, (at) => `${at}.jpg,1,${at % 2},${at % 3 === 0 ? 1 : 0}`)
    expect(read({ 'a.csv': lines('image,red,round,big', ...hot) }, paths)[0].kind).toBe('several')
    const joined = repeat(9, (at) => `${at}.jpg,${['Mass|Edema', 'Mass', 'Edema|Hernia'][at % 3]}`)
    expect(read({ 'a.csv': lines('image,finding', ...joined) }, paths)[0].kind).toBe('several')
    const rows = repeat(9, (at) => [`${at}.jpg,cat`, `${at}.jpg,dog`]).flat()
    expect(read({ 'a.csv': lines('image,label', ...rows) }, paths)[0].kind).toBe('several')
    const boxes = repeat(9, (at) => [`${at}.jpg,1,2,3,4,cat`, `${at}.jpg,1,2,3,4,dog`]).flat()
    expect(read({ 'a.csv': lines('image,xmin,ymin,xmax,ymax,class', ...boxes) }, paths)[0].kind).toBe('boxes')
  })

  it('prefers the classes’ names to their numbers', () => {
    const rows = repeat(8, (at) => `${at}.jpg,${at % 2},${['stop', 'yield'][at % 2]}`)
    const [list] = read(
      { 'a.csv': lines('path,class_id,class_name', ...rows) },
      repeat(8, (at) => `${at}.jpg`),
    )
    expect(list).toMatchObject({ label: ['class_name'], confidence: 'likely' })
  })

  it('takes no column with a value for each photo, nor one for all', () => {
    const rows = repeat(9, (at) => `${at}.jpg,note ${at},park,${['oak', 'elm'][at % 2]}`)
    const [list] = read(
      { 'a.csv': lines('file,name,label,tree', ...rows) },
      repeat(9, (at) => `${at}.jpg`),
    )
    expect(list).toMatchObject({ kind: 'labels', label: ['tree'] })
  })

  it('reads numbers that count classes, and none that measure', () => {
    const paths = repeat(9, (at) => `${at}.jpg`)
    const numbers = (value: (at: number) => string): string =>
      lines('file,n', ...repeat(9, (at) => `${at}.jpg,${value(at)}`))
    expect(read({ 'a.csv': numbers((at) => String(at % 3)) }, paths)[0].label).toEqual(['n'])
    expect(read({ 'a.csv': numbers((at) => String(100 + 50 * (at % 3))) }, paths)[0].kind).toBe('unclear')
    expect(read({ 'a.csv': numbers((at) => `${at % 3}.5`) }, paths)[0].kind).toBe('unclear')
  })
})

describe('parts', () => {
  it('reads AutoML’s lists, which have no headings', () => {
    const rows = [...cats, ...dogs].map(
      (path, at) =>
        `${['TRAIN', 'VALIDATION', 'TEST', 'UNASSIGNED'][at % 4]},gs://my-bucket/data/${path},${path.slice(6, 9)}`,
    )
    const [list] = read({ 'all_data.csv': lines(...rows) }, [...cats, ...dogs])
    expect(list).toMatchObject({ kind: 'labels', label: [2], problems: [] })
    expect(list.says).toEqual([...repeat(4, () => 'cat'), ...repeat(4, () => 'dog')])
    expect(list.parts).toEqual(['train', 'validation', 'test', null, 'train', 'validation', 'test', null])
  })

  it('reads them from the lists’ names, with labels behind spaces or without', () => {
    const paths = [...cats, ...dogs].map((path) => `data/${path}`)
    const spaced = (all: readonly string[]): string =>
      lines(...all.map((path) => `${path} ${path.includes('cat') ? 0 : 1}`))
    const named = read(
      { 'data/train.txt': spaced([...cats.slice(1), ...dogs.slice(1)]), 'data/val.txt': spaced([cats[0], dogs[0]]) },
      paths,
    )
    expect(named).toHaveLength(1)
    expect(named[0].says).toEqual(['0', '0', '0', '0', '1', '1', '1', '1'])
    expect(named[0].parts.map((part) => part?.[0])).toEqual(['v', 't', 't', 't', 'v', 't', 't', 't'])
    const [only] = read({ 'train.txt': lines(...cats), 'test.txt': lines(...dogs) }, paths)
    expect(only).toMatchObject({ kind: 'parts', label: [] })
    expect(only.parts).toEqual([...repeat(4, () => 'train'), ...repeat(4, () => 'test')])
  })

  it('does not train on everything because a lone list is called train.csv', () => {
    const rows = [...cats, ...dogs].map((path) => `${path},${path.slice(6, 9)}`)
    expect(read({ 'train.csv': lines('file,label', ...rows) }, [...cats, ...dogs])[0].parts).toEqual(
      repeat(8, () => null),
    )
  })
})

describe('readings of JSON lines', () => {
  it('are those of a list with headings', () => {
    const rows = cats.map((path, at) =>
      JSON.stringify({ file_name: path, label: at % 2 ? 'a' : 'b', more: { deep: 1 } }),
    )
    expect(read({ 'metadata.jsonl': lines(...rows) }, cats)[0]).toMatchObject({
      label: ['label'],
      says: ['b', 'a', 'b', 'a'],
    })
  })
})
